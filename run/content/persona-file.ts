import { z } from 'zod'
import { ARCHETYPES, GENDERS, INTENTS, LIFECYCLES } from '../../sim/index.ts'

const share = z.number().min(0).max(1)

export const PERSONA = z.strictObject({
  name: z.string().min(1).max(60).describe('As the profile shows it'),
  gender: z.enum(GENDERS),
  age: z.int().min(18).max(65).describe('Years on the first day'),
  seeks: z.array(z.enum(GENDERS)).min(1).optional().describe('Genders this person wants to meet'),
  city: z.string().optional().describe('A city of the place pack: Austin, or Portland, OR'),
  intent: z.enum(INTENTS).optional(),
  bio: z.string().max(2000).optional(),
  archetype: z.enum(ARCHETYPES).optional(),
  traits: z
    .strictObject({ sociability: share.optional(), selectivity: share.optional(), engagement: share.optional() })
    .optional(),
  interests: z.array(z.string()).min(3).max(8).optional().describe('3 to 8 names from the taxonomy'),
  photos: z.int().min(0).max(6).optional(),
  appeal: z.number().min(0.1).max(10).optional().describe('How attractive others find the profile; 1 is the median'),
  sessionsPerDay: z.number().min(0).max(50).optional(),
  postsPerDay: z.number().min(0).max(20).optional(),
  quiz: z
    .record(z.string(), z.string())
    .nullable()
    .optional()
    .describe('Option by question of the first quiz; null: not taken'),
  lifecycle: z.enum(LIFECYCLES).optional().describe('active unless another is given'),
})
export type Persona = z.infer<typeof PERSONA>

export const PERSONAS_FILE = z.strictObject({
  $schema: z.string().optional(),
  people: z.array(PERSONA).min(1).max(10_000),
})
