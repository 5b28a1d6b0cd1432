import type { App } from '../../app/app.ts'
import { dayOf } from '../../engine/hours.ts'
import { readPlace } from '../../engine/place.ts'
import { SERVICE_KINDS, type ServicePlace } from '../../engine/referrals/service.ts'
import type { Form } from '../form-fields.ts'
import { readDays, readWeek, showDays, showWeek } from '../hours-form.ts'
import type { ServiceDraft } from '../pages/desk/service.ts'
import { isDay, writtenDay } from './call-day.ts'

export const EMPTY_SERVICE: ServiceDraft = {
  name: '',
  kinds: [],
  address: '',
  phone: '',
  communes: '',
  point: '',
  week: [],
  days: '',
  number: '',
  day: '',
  checkedOn: '',
}

export function serviceDraft(form: Form): ServiceDraft {
  const text = (name: string) => form.one(name).normalize('NFC').replaceAll('\r\n', '\n').trim()
  return {
    name: text('name'),
    kinds: form.all('kinds'),
    address: text('address'),
    phone: text('phone'),
    communes: text('communes'),
    point: text('point'),
    week: [1, 2, 3, 4, 5, 6, 7].map((day) => text(`d${day}`)),
    days: text('days'),
    number: text('number'),
    day: text('day'),
    checkedOn: text('checked'),
  }
}

export function draftOfService(app: App, one: ServicePlace): ServiceDraft {
  const communes = one.communes.map((id) => {
    const commune = app.directory().communes.find((each) => each.id === id)
    return commune ? `${commune.name}, ${commune.province}` : id
  })
  return {
    name: one.name,
    kinds: one.kinds,
    address: one.address,
    phone: one.phone ?? '',
    communes: communes.join('\n'),
    point: one.point ?? '-',
    week: showWeek(one.shifts),
    days: showDays(one.exceptions ?? []),
    number: one.licence?.number ?? '',
    day: one.licence?.day ?? '',
    checkedOn: one.checkedOn,
  }
}

/** A place as a form tells it, or what is wrong and where. @param points who may be named as its keeper */
export function readServiceForm(
  app: App,
  draft: ServiceDraft,
  points: readonly string[],
): { service: Omit<ServicePlace, 'id' | 'sample'> } | { problem: string } {
  const problem = (words: string) => ({ problem: `Chưa lưu: ${words}` })
  if (draft.name.length < 3 || draft.name.length > 80) return problem('tên nơi ấy dài từ 3 đến 80 ký tự.')
  const kinds = SERVICE_KINDS.filter((one) => draft.kinds.includes(one))
  if (kinds.length === 0) return problem('bạn chọn ít nhất một dịch vụ có ở đây.')
  if (draft.address === '' || draft.address.length > 120) return problem('địa chỉ dài từ 1 đến 120 ký tự.')
  if (!/^[\d\s.+()-]{0,20}$/.test(draft.phone)) return problem(`“${draft.phone}” chưa phải số điện thoại.`)
  if (!points.includes(draft.point)) return problem('bạn chọn ai giữ cho mục này luôn đúng.')
  const communes: string[] = []
  for (const line of draft.communes.split('\n').filter((one) => one.trim() !== '')) {
    const place = readPlace(line, app.directory())
    if (place.type === 'several') return problem(`“${line}” là nhiều nơi. Hãy thêm tên tỉnh sau dấu phẩy.`)
    if (place.type !== 'commune') return problem(`không có xã, phường “${line}”.`)
    communes.push(place.id)
  }
  const [week, days] = [readWeek(draft.week), readDays(draft.days)]
  if ('problem' in week) return problem(week.problem)
  if ('problem' in days) return problem(days.problem)
  const today = dayOf(app.now())
  if ((draft.number === '') !== (draft.day === ''))
    return problem('giấy phép cần cả số và ngày; chưa thấy thì để trống cả hai.')
  if (draft.day !== '' && !isDay(draft.day)) return problem(`không có ngày “${draft.day}” trong lịch.`)
  if (!isDay(draft.checkedOn)) return problem('ghi ngày bạn hỏi lại nơi này.')
  if (draft.checkedOn > today) return problem(`ngày ${writtenDay(draft.checkedOn)} chưa tới.`)
  return {
    service: {
      name: draft.name,
      kinds,
      address: draft.address,
      phone: draft.phone === '' ? null : draft.phone,
      communes: [...new Set(communes)],
      ...(draft.point === '-' ? {} : { point: draft.point }),
      shifts: week.value,
      exceptions: days.value,
      licence: draft.number === '' ? null : { number: draft.number.slice(0, 60), day: draft.day },
      checkedOn: draft.checkedOn,
    },
  }
}
