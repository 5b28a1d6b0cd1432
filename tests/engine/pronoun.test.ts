import { describe, expect, test } from 'vitest'
import { noticePronoun } from '../../src/engine/pronoun.ts'
import { converse } from './converse.ts'

describe('how somebody speaks of themselves', () => {
  test.each([
    ['em muốn hỏi', 'em'],
    ['Dạ em chào chị', 'em'],
    ['em bị chủ quán ép', 'em'],
    ['cháu bị chú sờ mó', 'cháu'],
    ['chau muon hoi', 'cháu'],
    ['con muốn cai', 'con'],
    ['bác muốn hỏi cho thằng cháu', 'bác'],
    ['chị muốn hỏi', 'chị'],
    ['chị cho em hỏi', 'em'],
    ['em ơi cho chị hỏi', 'chị'],
    ['cho cháu xin số', 'cháu'],
    ['EM MUỐN CAI', 'em'],
    ['bác có con trai nghiện', 'bác'],
    ['Cháu ơi, bác khổ quá', 'bác'],
    ['cháu ơi bác sợ lắm', 'bác'],
    ['cháu 12 tuổi', 'cháu'],
    ['em 14t bị rủ hút', 'em'],
    ['chào cháu, cô muốn hỏi', 'cô'],
    ['chào cô, cháu muốn hỏi', 'cháu'],
    ['chào anh chị, em hỏi chút', 'em'],
    ['chị mệt quá', 'chị'],
  ])('"%s": %s', (text, pronoun) => expect(noticePronoun(text)).toBe(pronoun))

  test.each(
    'con 12 tuổi hút pod|anh có biết không|chị có thể giúp em|chị ơi anh nhà em bị|em ơi|cô ơi chú ấy đánh|chào anh|con tôi nghiện|con em dùng|con bị nghiện|con không nghe lời|cô giáo cần bài|em trai tôi|em nó bị|anh ấy bị|anh gọi lại cho em|chú em bị|chị ơi|tôi muốn hỏi|chồng em|có muốn|co muon hoi|em|xin chào|'.split(
      '|',
    ),
  )('"%s" tells nothing', (text) => expect(noticePronoun(text)).toBeNull())

  test('is answered with, and "bạn" is said until it is known', () => {
    const talk = converse().send('gọi lại cho tôi')
    expect(talk.read()[0]!.paragraphs).toContainEqual(expect.stringMatching(/^Bạn để lại/))
    talk.send('thoát').send('em muốn hỏi').send('gọi lại cho em')
    expect(talk.state.pronoun).toBe('em')
    expect(talk.read()[0]!.paragraphs).toContainEqual(expect.stringMatching(/^Em để lại/))
  })
})
