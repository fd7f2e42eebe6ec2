import { defensible } from './defensible.ts';
import type { Profile } from './profile.ts';
import { published } from './published.ts';

/** All profiles. */
export const profiles: readonly Profile[] = [published, defensible];

/** The profile that a study file names. */
export function profileOf(name: Profile['name']): Profile {
  return profiles.find((profile) => profile.name === name)!;
}

/** The profile that a report shows beside its own. */
export function otherProfile(name: Profile['name']): Profile {
  return profiles.find((profile) => profile.name !== name)!;
}
