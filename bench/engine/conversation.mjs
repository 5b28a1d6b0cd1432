/**
 * The same task for every engine: "two questions" in three turns (start, answer, answer). After each turn the state is
 * turned to JSON text, and the next turn begins from that text alone.
 */
export const START = 'bắt đầu'
export const NAME = 'An'
export const AGE = '25'

export const ASK_NAME = 'Chào bạn. Bạn tên gì?'
export const ASK_AGE = 'Bạn bao nhiêu tuổi?'
export const thanks = (name, age) => `Cảm ơn ${name}, ${age} tuổi.`
export const LAST = thanks(NAME, AGE)
export const TURNS = 3
