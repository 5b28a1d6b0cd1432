/** 12 phút, 2 giờ 05 phút, 3 ngày: never a number that must be worked out. */
export function spell(minutes: number): string {
  if (minutes < 60) return `${Math.max(0, Math.floor(minutes))} phút`
  if (minutes < 24 * 60)
    return `${Math.floor(minutes / 60)} giờ ${String(Math.floor(minutes % 60)).padStart(2, '0')} phút`
  return `${Math.floor(minutes / (24 * 60))} ngày`
}

export function waited(minutes: number): string {
  return minutes < 1 ? 'vừa xong' : `chờ ${spell(minutes)}`
}

/** How long until the next people are called. */
export function untilRung(minutes: number | null): string {
  if (minutes === null) return 'đã gọi hết mọi người'
  return minutes < 1 ? 'đang gọi người tiếp theo' : `gọi tiếp sau ${spell(minutes)}`
}
