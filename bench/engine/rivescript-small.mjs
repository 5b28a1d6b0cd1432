import { pattern } from './rivescript.mjs'

export const peer = pattern(0, 'RiveScript, these questions only')
