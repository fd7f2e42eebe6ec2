/** Version of the engine; it is part of every cache key, so a new version measures anew. */
export const ENGINE_VERSION = '0.1.0';

/** Stands on every output. */
export const NOTICE = 'Research use only. Not for clinical decisions.';
