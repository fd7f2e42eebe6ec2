import { readFileSync } from 'node:fs';

const [, , file, failedChecks] = process.argv;
let results = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
try {
  results = JSON.parse(readFileSync(file, 'utf8'));
} catch {
  console.error('The tests left no results.');
}
const files = results.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
const checks = Number(failedChecks);
const passed = results.numPassedTests;
const failed = results.numFailedTests + files.length;
const skipped = results.numPendingTests + results.numTodoTests;
if (checks > 0) console.log(`${checks} checks failed.`);
if (passed === 0) console.log('No test ran.');
console.log(`${passed} passed, ${Math.max(failed, checks > 0 && failed === 0 ? checks : failed)} failed, ${skipped} skipped`);
process.exit(checks > 0 || failed > 0 || passed === 0 ? 1 : 0);
