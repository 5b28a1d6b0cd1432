import { describe, expect, test } from 'vitest'
import { emptyConversation } from '../../src/engine/conversation.ts'
import { pronounIn, Unreadable, upgradeConversation, upgradeEvent } from '../../src/store/versions.ts'

const { contact: _, seq: __, ...EMPTY } = emptyConversation('an')

describe('a stored conversation', () => {
  test('of this release is read as it was written', () => {
    const body = { ...EMPTY, pronoun: 'em', answers: { who: { type: 'code', value: 'minh' } as const } }
    expect(upgradeConversation(JSON.stringify(body))).toEqual(body)
  })

  test('that lacks what was added without a new format gets it empty', () => {
    const { confirm: _, ...older } = EMPTY
    expect(upgradeConversation(JSON.stringify(older))).toEqual(EMPTY)
  })

  test.each([
    ['a later release', JSON.stringify({ ...EMPTY, format: 2 })],
    ['no known release', JSON.stringify({ ...EMPTY, format: 0 })],
    ['no format', JSON.stringify({ ...EMPTY, format: undefined })],
    ['another kind of format', JSON.stringify({ ...EMPTY, format: 'một' })],
    ['a damaged row', '{"format":1,"answers":{"who":'],
    ['another thing', '[1]'],
    ['nothing', 'null'],
  ])('of %s is refused clearly, never guessed at', (_, stored) => {
    expect(() => upgradeConversation(stored)).toThrow(Unreadable)
    expect(pronounIn(stored)).toBeNull()
  })

  test('that is refused shows nothing of its content in the error', () => {
    const stored = '{"format":1,"pronoun":"chim hoàng yến'
    const error = (() => {
      try {
        return upgradeConversation(stored)
      } catch (thrown) {
        return thrown as Error
      }
    })() as Error
    expect(`${error.message} ${error.stack}`).not.toContain('hoàng yến')
  })
})

describe('a stored event', () => {
  test('of this release is read as it was written', () => {
    const event = { type: 'ignored', reason: 'nothing' }
    expect(upgradeEvent({ version: 1, body: JSON.stringify(event) })).toEqual(event)
  })

  test.each([
    ['a later release', 2, '{"type":"ignored"}'],
    ['no release', 0, '{"type":"ignored"}'],
    ['a damaged row', 1, '{"type":'],
    ['no type', 1, '{}'],
  ])('of %s is refused', (_, version, body) => {
    expect(() => upgradeEvent({ version, body })).toThrow(Unreadable)
  })
})
