import { useAssembly } from '../assembly/assembly.ts';

/** Set-up of tests that run over plain TypeScript. */
useAssembly(false);
