/** Written by `src/cli/bundle.ts` before a Worker is built. */
declare module '*.bundle.json' {
  const bundle: {
    book: import('./authoring/book-data.ts').BookData
    communes: readonly import('./engine/facts.ts').Commune[]
    samples: Pick<import('./engine/facts.ts').Directory, 'points' | 'clubs'>
    assets: [string, { type: string; body: string }][]
  }
  export default bundle
}
