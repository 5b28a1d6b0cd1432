import type { Contest, Phase } from '../../engine/quiz/contest.ts'

/**
 * For whom a contest may be. Not for those who use or have been through rehabilitation: that somebody took part stays with
 * their conversation, and must never say that of them.
 */
export const CONTEST_AUDIENCES: Readonly<Record<string, string>> = {
  'hoc-sinh': 'Học sinh, sinh viên',
  'phu-huynh': 'Cha mẹ, người thân',
  'nguoi-lao-dong': 'Người lao động, quán xá',
  'moi-nguoi': 'Mọi người',
}

export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  single: 'Một lần',
  before: 'Trước buổi',
  after: 'Sau buổi',
}

const OPEN_WORDS: Readonly<Record<Phase, string>> = {
  single: 'đang mở',
  before: 'đang mở phần trước buổi',
  after: 'đang mở phần sau buổi',
}

/** How a contest stands on this day. @param gone texts of it that nobody may be asked about any more */
export function stateWords({ state, phase, from, to }: Contest, today: string, gone: readonly string[]): string {
  switch (state) {
    case 'draft':
      return 'chưa mở'
    case 'closed':
      return 'đang đóng'
    case 'ended':
      return 'đã kết thúc'
    case 'open':
      if (gone.length > 0) return `dừng lại, vì bài đã gỡ hoặc luật đã đổi: ${gone.join(', ')}`
      return today < from ? 'đã mở, chưa tới ngày' : today > to ? 'đã qua ngày cuối' : OPEN_WORDS[phase]
    default:
      return state satisfies never
  }
}
