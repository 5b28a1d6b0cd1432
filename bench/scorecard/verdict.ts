export const SCENARIOS = [
  ['duplicate', 'every update is delivered twice'],
  ['order', 'two messages arrive before the first is handled'],
  ['replying', 'a message arrives while the answer to the last is being sent'],
  ['handoff', 'a counsellor takes over in the moment the person writes'],
  ['edit', 'authors change the flow while a person waits in it'],
  ['restart', 'the process dies between send and mark'],
  ['429', 'the platform says “too many requests, wait”'],
  ['blocked', 'the person has blocked the service'],
  ['holiday', 'a public holiday changes who is on shift'],
  ['reminder', 'a reminder is past due after an outage'],
  ['delete', 'the person deletes everything while an answer is being sent'],
  ['clock', 'the clock goes back an hour, then on by a day'],
] as const

export type Scenario = (typeof SCENARIOS)[number][0]

export interface Verdict {
  /** `none`: it is not this program's business. */
  result: 'pass' | 'fail' | 'none'
  why: string
}

export type Card = Partial<Record<Scenario, () => Promise<Verdict>>>

export const pass = (why: string): Verdict => ({ result: 'pass', why })
export const fail = (why: string): Verdict => ({ result: 'fail', why })
export const none = (why: string): Verdict => ({ result: 'none', why })
/** Which one it is depends on what was seen. */
export const judge = (ok: boolean, good: string, bad: string): Verdict => (ok ? pass(good) : fail(bad))

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Runs one card, scenario by scenario; a scenario that throws or hangs has failed. */
export async function run(card: Card): Promise<Record<string, Verdict>> {
  const found: Record<string, Verdict> = {}
  for (const [scenario] of SCENARIOS) {
    const test = card[scenario]
    if (!test) continue
    const late = pause(10_000).then(() => fail('did not end within ten seconds'))
    found[scenario] = await Promise.race([test(), late]).catch((error: Error) =>
      fail(`threw: ${error.message.slice(0, 90)}`),
    )
  }
  return found
}
