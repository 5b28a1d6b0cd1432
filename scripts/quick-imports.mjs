/**
 * Loaded before the service (`--import`). Node reads a package's whole package.json for each of its modules to learn
 * their format; drizzle-orm's is 180 kB and it has a hundred modules, which costs a second and 40 MB at every start.
 * Its own imports are modules, so they are told so here. Without this file the service starts as well, only later.
 */
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    const ofDrizzle = specifier.startsWith('.') && context.parentURL?.includes('/node_modules/drizzle-orm/')
    if (!ofDrizzle || !specifier.endsWith('.js')) return next(specifier, context)
    return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
  },
})
