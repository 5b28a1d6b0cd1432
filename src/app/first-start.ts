import { randomBytes } from 'node:crypto'
import type { Directory } from '../engine/facts.ts'
import { beginOnce, readValue } from '../store/directory.ts'
import type { Vault } from '../store/seal.ts'
import type { Store } from '../store/store.ts'

/**
 * On an empty database: the samples, if any, and a one-time set-up link, whose token is returned. In one batch with
 * the note that it was done, so that of two starts at once only one gives a link, and one that dies gives none.
 */
export async function firstStart(
  store: Store,
  vault: Vault,
  samples: Pick<Directory, 'points' | 'clubs' | 'services'> | null,
): Promise<string | null> {
  if ((await readValue(store, 'first_start')) !== null) return null
  const token = randomBytes(24).toString('base64url')
  try {
    await beginOnce(store, samples, vault.hashToken(token))
    return token
  } catch (error) {
    if ((await readValue(store, 'first_start')) !== null) return null
    throw error
  }
}
