import { html } from 'hono/html'

export type Markup = ReturnType<typeof html>

/** Where a quick exit leads: a page that says nothing about the visitor. */
export const LEAVE_TO = 'https://vi.wikipedia.org/'

/** The numbers that answer day and night everywhere in the country; they never expire. */
export const EMERGENCY_NUMBERS = [
  { number: '115', label: 'Cấp cứu' },
  { number: '113', label: 'Công an' },
  { number: '114', label: 'Cứu hoả' },
  { number: '111', label: 'Trẻ em' },
] as const

/**
 * The frame of every page. The title says nothing about what the page is for, because titles stay in the history
 * and in the list of open tabs.
 */
export function layout(page: { kind: 'home' | 'chat' | 'desk'; body: Markup; script: boolean | 'desk' }): Markup {
  return html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<meta name="referrer" content="same-origin">
${page.kind === 'home' ? '' : html`<meta name="robots" content="noindex">`}
<title>Đồng Hành</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
${page.kind === 'chat' ? '' : html`<link rel="stylesheet" href="/assets/${page.kind}.css">`}
${page.script ? html`<script type="module" src="/assets/${page.script === 'desk' ? 'desk' : 'chat'}.js"></script>` : ''}
</head>
<body class="${page.kind}">
${page.body}
</body>
</html>`
}

/** The name, the way out and the emergency numbers: on every page a person in need may open. */
export function top(options: { leaveTo: string | null; skipTo: { href: string; label: string } }): Markup {
  return html`<a class="skip" href="${options.skipTo.href}">${options.skipTo.label}</a>
<header class="top">
<div class="column row">
<a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="28" height="28"><span>Đồng Hành</span></a>
${options.leaveTo === null ? '' : leaveForm(options.leaveTo)}
</div>
${emergencyBar()}
</header>`
}

/** A form, so that it also works without JavaScript; the script reads the target and leaves at once. */
function leaveForm(leaveTo: string): Markup {
  return html`<form method="post" action="/chat/leave" id="leave" data-to="${leaveTo}"><button class="leave" title="Rời trang này ngay (hoặc bấm Esc hai lần)">Thoát nhanh</button></form>`
}

export function emergencyBar(): Markup {
  return html`<nav class="numbers" aria-label="Gọi khi khẩn cấp"><ul class="column">${EMERGENCY_NUMBERS.map(
    ({ number, label }) => html`<li><a href="tel:${number}"><b>${number}</b> <span>${label}</span></a></li>`,
  )}</ul></nav>`
}
