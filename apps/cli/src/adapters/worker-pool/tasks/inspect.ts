export { inspectCase as run } from '@sentinode/study';
