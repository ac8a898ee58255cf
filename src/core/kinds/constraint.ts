/** When a constraint is checked (docs SET CONSTRAINTS). */
export const deferrals = ['not deferrable', 'deferrable', 'initially deferred'] as const
export type Deferral = (typeof deferrals)[number]
