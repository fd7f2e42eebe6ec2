import { z } from 'zod';

export const filterSchema = z.discriminatedUnion('type', [z.strictObject({ type: z.literal('none') })]);
