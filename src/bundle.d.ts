/** Written by `src/cli/bundle.ts` before a Worker is built; JSON, imported as text. */
declare module '*.bundle.txt' {
  const bundle: string
  export default bundle
}
