/** What was tried to find out how somebody is who did not come; `closed` ends the looking. */
export const TRACE_STEPS = ['called', 'messaged', 'visited', 'reached', 'closed'] as const
export type TraceStep = (typeof TRACE_STEPS)[number]

/** The steps after which nobody looks any more. */
export const TRACE_ENDS: readonly TraceStep[] = ['reached', 'closed']
