export { drawPatient as run } from '@sentinode/study';
