/**
 * Preloaded with `--import`: the process lives SHIFT_CLOCK_MS later than everybody else, and each SIGUSR2 moves its
 * clock on by SHIFT_CLOCK_JUMP_MS. Intervals keep their real length.
 */
const RealDate = Date
let shift = Number(process.env.SHIFT_CLOCK_MS ?? 0)
const now = () => RealDate.now() + shift

process.on('SIGUSR2', () => {
  shift += Number(process.env.SHIFT_CLOCK_JUMP_MS ?? 0)
})

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args) => Reflect.construct(target, args.length === 0 ? [now()] : args),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
})
