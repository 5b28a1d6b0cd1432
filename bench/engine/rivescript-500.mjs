import { pattern } from './rivescript.mjs'

export const peer = pattern(500, 'RiveScript, 500 triggers')
