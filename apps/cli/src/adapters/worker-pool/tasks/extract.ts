export { extractImage as run } from '@sentinode/study';
