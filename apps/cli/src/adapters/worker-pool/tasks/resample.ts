export { runResampling as run } from '@sentinode/study';
