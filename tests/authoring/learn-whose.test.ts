import { expect, test } from 'vitest'
import { chance } from '../../src/authoring/chance.ts'
import { learnWhose } from '../../src/authoring/learn-whose.ts'
import { type Told, tells, whoseOf } from '../../src/engine/learned/whose.ts'
import { hear } from '../../src/engine/safety/detect.ts'
import { fold } from '../../src/engine/text.ts'
import { book } from '../engine/converse.ts'

const toldOf = (text: string): Told => hear(book.safety!, text)[0]!
const self = ['bạn em đưa thuốc, em uống xong khó thở', 'chồng em đánh em', 'em nuốt hết vỉ rồi']
const other = ['bạn em uống thuốc xong khó thở', 'chồng em đánh con', 'nó nuốt hết vỉ rồi']
const lessons = Array.from({ length: 20 }, () => [self, other])
  .flat()
  .flatMap((texts, i) => texts.map((text) => ({ tells: tells(toldOf(text), 'medical'), self: i % 2 === 0 })))
const whose = learnWhose(lessons, chance(1))

test('what is taught is told, and of other people in the same places', () => {
  const told = (text: string) => whoseOf(whose, toldOf(text), 'medical')
  expect(self.map(told)).toEqual(self.map(() => 'self'))
  expect(other.map(told)).toEqual(other.map(() => 'other'))
  expect(['mẹ tôi đánh tôi', 'tôi nuốt hết vỉ rồi'].map(told)).toEqual(['self', 'self'])
  expect(['mẹ tôi đánh nó', 'bạn tôi uống xong khó thở'].map(told)).toEqual(['other', 'other'])
})

test('the same lessons give the same weights', () => {
  expect(learnWhose(lessons, chance(1))).toEqual(whose)
})

test('the people stand for themselves, and whoever calls themselves otherwise means a child by "con"', () => {
  const words = (text: string) =>
    [...tells(toldOf(text), 'medical')].filter((name) => name.startsWith('w ') && name.split(' ').length === 4)
  expect(words('bạn em đánh em')).toEqual(words('chồng tôi đánh tôi'))
  expect(words('em đánh con')).toContain('w <self> danh <other>')
  expect(words('con đánh nhau')).toContain('w | <self> danh')
  expect(words(fold('em đánh con'))).toContain('w <self> danh <other>')
})
