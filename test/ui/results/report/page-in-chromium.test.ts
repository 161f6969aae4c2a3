import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportPage } from '../../../../src/ui/results/report/page.ts'
import { skipped } from '../../../clients/programs.ts'
import { folder } from '../../../packaging/folder.ts'
import { type Browser, chromium, startBrowser } from './chromium.ts'
import { hostileReport } from './hostile-report.ts'
import { sampleReport } from './sample-report.ts'

if (chromium === undefined) skipped('Chromium', 'no chromium by PATH, and LAMBDACTL_TEST_CHROMIUM names none')

/** A folder that keeps the screenshots, for a person to look at. */
const kept = process.env['LAMBDACTL_TEST_SCREENSHOTS']

/** Facts about a page, asked in it. */
const facts = `(() => {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor
      if (!/rgba\\(.*, 0\\)|transparent/.test(colour)) return colour
    }
    return 'rgb(255, 255, 255)'
  }
  const isShown = (element) => element.getClientRects().length > 0
  const texts = [...document.querySelectorAll('body *')].filter((element) =>
    isShown(element) && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
  const contrasts = texts.filter((element) => !element.closest('title, desc, style')).map((element) => {
    const style = getComputedStyle(element)
    const [a, b] = [luminance(element.closest('svg') ? style.fill : style.color), luminance(ground(element))]
    return [Math.round((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) * 10) / 10, element.textContent.slice(0, 40)]
  }).toSorted((one, other) => one[0] - other[0])
  return {
    width: document.documentElement.scrollWidth,
    charts: [...document.querySelectorAll('svg.chart')].filter(isShown).length,
    elements: ['script', 'iframe', 'img', 'object', 'link', 'base', 'form'].filter((name) => document.querySelector(name)),
    handlers: [...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith('on')),
    lowest: contrasts[0],
    smallest: Math.min(...texts.filter((element) => element.closest('svg')).map((element) =>
      parseFloat(getComputedStyle(element).fontSize) * element.closest('svg').getBoundingClientRect().width / element.closest('svg').viewBox.baseVal.width)),
    ground: getComputedStyle(document.body).backgroundColor,
    text: document.body.innerText,
  }
})()`

interface Facts {
  width: number
  charts: number
  elements: string[]
  handlers: string[]
  lowest: [ratio: number, text: string]
  smallest: number
  ground: string
  text: string
}

describe.skipIf(!chromium)('the page of a report in Chromium', { timeout: 300_000 }, () => {
  let browser: Browser
  let place: Awaited<ReturnType<typeof folder>>

  beforeAll(async () => {
    place = await folder()
    browser = await startBrowser(chromium ?? '')
  }, 120_000)
  afterAll(async () => {
    await browser[Symbol.asyncDispose]()
    await place[Symbol.asyncDispose]()
  })

  /** Opens a page with a width and a colour scheme, and asks for its facts. */
  async function look(name: string, html: string, width: number, scheme: 'light' | 'dark'): Promise<Facts> {
    const file = join(place.path, `${name}.html`)
    await writeFile(file, html)
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: false }
    await browser.send('Emulation.setDeviceMetricsOverride', size)
    const features = [{ name: 'prefers-color-scheme', value: scheme }]
    await browser.send('Emulation.setEmulatedMedia', { features })
    const loaded = browser.event('Page.loadEventFired')
    await browser.send('Page.navigate', { url: pathToFileURL(file).href })
    await loaded
    const { result } = await browser.send<{ result: { value: Facts } }>('Runtime.evaluate', {
      expression: facts,
      returnByValue: true,
    })
    if (kept !== undefined) {
      const shot = { format: 'png', captureBeyondViewport: true }
      const { data } = await browser.send<{ data: string }>('Page.captureScreenshot', shot)
      await mkdir(kept, { recursive: true })
      await writeFile(join(kept, `${name}-${width}-${scheme}.png`), Buffer.from(data, 'base64'))
    }
    return result.value
  }

  test.each([
    [400, 'light'],
    [400, 'dark'],
    [1400, 'light'],
    [1400, 'dark'],
  ] as const)('it is readable at %i pixels in %s', async (width, scheme) => {
    const seen = await look('sample', reportPage(sampleReport), width, scheme)
    expect(seen.width).toBeLessThanOrEqual(width)
    expect(seen.charts).toBe(1)
    expect(seen.lowest[0], `the contrast of ${seen.lowest[1]}`).toBeGreaterThanOrEqual(4.5)
    expect(seen.smallest).toBeGreaterThanOrEqual(10)
    expect(seen.ground).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(13, 17, 23)')
    for (const text of ['rolled back after 14 min', 'no price for order', 'looks well on the dashboards'])
      expect(seen.text).toContain(text)
    expect(browser.complaints).toEqual([])
  })

  test('a hostile name or message stays text, and the page loads nothing', async () => {
    const seen = await look('hostile', reportPage(hostileReport), 400, 'light')
    expect(seen.width).toBeLessThanOrEqual(400)
    expect(seen.elements).toEqual([])
    expect(seen.handlers).toEqual([])
    expect(seen.text).toContain('<script>document.title="taken"</script>')
    const { result } = await browser.send<{ result: { value: string } }>('Runtime.evaluate', {
      expression: 'document.title',
    })
    expect(result.value).not.toBe('taken')
    expect(browser.complaints).toEqual([])
  })
})
