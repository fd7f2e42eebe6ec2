export type { InferenceRuntime, InferenceSession } from './session/inference-session.ts';
