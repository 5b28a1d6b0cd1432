import type { Draft } from './draft.ts'
import type { Samples } from './places-format.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

/** Place names are data with a source; samples can never be taken for real points. */
export function checkPlaces(draft: Draft): readonly Problem[] {
  const ids = new Set(draft.communes.map(({ value }) => value.id))
  const unsourced = draft.communes
    .filter(({ value }) => value.confirmed && value.source === null)
    .map(({ place }) => problemAt(place, 'Ghi confirmed: true thì phải có nguồn (source).'))
  const { points, clubs, services } = draft.samples
  const unmarked = [...points, ...clubs, ...services]
    .filter(({ value }) => !value.sample)
    .map(({ place }) => problemAt(place, 'Tên của dữ liệu mẫu phải có chữ “MẪU”.'))
  return [...unsourced, ...unmarked, ...checkCommunes(draft.samples, ids)]
}

/** A point in a commune nobody can name would never be found. */
export function checkCommunes({ points, clubs, services }: Samples, ids: ReadonlySet<string>): readonly Problem[] {
  return [
    ...[...points, ...services].flatMap(({ value, place }) => value.communes.map((commune) => ({ commune, place }))),
    ...clubs.map(({ value, place }) => ({ commune: value.commune, place })),
  ]
    .filter(({ commune }) => !ids.has(commune))
    .map(({ commune, place }) => problemAt(place, `Không có xã, phường “${commune}” trong content/places.yaml.`))
}
