import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOST, pack, unpack } from '../../src/engine/learned/vectors.ts'

test('numbers come out as they went in, and what is too great is cut', () => {
  const pair = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }))
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const values = pairs.flat()
      const cut = values.map((value) => Math.max(-MOST, Math.min(MOST, value)))
      expect([...unpack(pack(Float32Array.from(values)))]).toEqual(cut)
    }),
  )
})
