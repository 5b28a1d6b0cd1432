import type { App } from '../../app/app.ts'
import type { Club } from '../../engine/facts.ts'
import { dayOf } from '../../engine/hours.ts'
import { readPlace } from '../../engine/place.ts'
import type { Form } from '../form-fields.ts'
import type { ClubDraft } from '../pages/desk/club-form.ts'
import { isDay, writtenDay } from './call-day.ts'

const MOST_SEATS = 500

export function clubDraft(form: Form): ClubDraft {
  const text = (name: string) => form.one(name).normalize('NFC').trim()
  return {
    name: text('name'),
    commune: text('commune'),
    about: text('about'),
    place: text('place'),
    capacity: text('capacity'),
    number: text('number'),
    day: text('day'),
    board: form.one('board').normalize('NFC').replaceAll('\r\n', '\n').trim(),
    keepers: form.all('keepers'),
  }
}

export function draftOf(app: App, club: Club): ClubDraft {
  const commune = app.directory().communes.find(({ id }) => id === club.commune)
  return {
    name: club.name,
    commune: commune ? `${commune.name}, ${commune.province}` : club.commune,
    about: club.about,
    place: club.place ?? '',
    capacity: club.capacity === undefined ? '' : String(club.capacity),
    number: club.decision?.number ?? '',
    day: club.decision?.day ?? '',
    board: (club.board ?? []).join('\n'),
    keepers: club.keepers ?? [],
  }
}

/** A club as a form tells it, or what is wrong and where. @param accounts whom the board may be given to */
export function readClubForm(
  app: App,
  draft: ClubDraft,
  accounts: readonly string[],
): { club: Omit<Club, 'id' | 'sample'> } | { problem: string } {
  const problem = (words: string) => ({ problem: `Chưa lưu: ${words}` })
  if (draft.name.length < 3 || draft.name.length > 120) return problem('tên câu lạc bộ dài từ 3 đến 120 ký tự.')
  const place = readPlace(draft.commune, app.directory())
  if (place.type === 'several') return problem(`“${draft.commune}” là nhiều nơi. Hãy thêm tên tỉnh sau dấu phẩy.`)
  if (place.type !== 'commune') return problem(`không có xã, phường “${draft.commune}”.`)
  if (draft.place.length > 200) return problem('nơi gặp dài quá 200 ký tự.')
  const capacity = Number(draft.capacity)
  if (draft.capacity !== '' && !(Number.isInteger(capacity) && capacity >= 1 && capacity <= MOST_SEATS))
    return problem(`số chỗ là một số từ 1 đến ${MOST_SEATS}, hoặc để trống.`)
  if ((draft.number === '') !== (draft.day === ''))
    return problem('quyết định thành lập cần cả số và ngày; chưa có thì để trống cả hai.')
  if (draft.day !== '' && !isDay(draft.day)) return problem(`không có ngày “${draft.day}” trong lịch.`)
  if (draft.day > dayOf(app.now())) return problem(`ngày quyết định ${writtenDay(draft.day)} còn ở phía trước.`)
  const board = draft.board.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim().slice(0, 120)]))
  const keepers = draft.keepers.filter((one) => accounts.includes(one))
  return {
    club: {
      name: draft.name,
      commune: place.id,
      about: draft.about.slice(0, 500),
      ...(draft.place === '' ? {} : { place: draft.place }),
      ...(draft.capacity === '' ? {} : { capacity }),
      ...(draft.number === '' ? {} : { decision: { number: draft.number.slice(0, 60), day: draft.day } }),
      ...(board.length === 0 ? {} : { board: board.slice(0, 20) }),
      ...(keepers.length === 0 ? {} : { keepers }),
    },
  }
}
