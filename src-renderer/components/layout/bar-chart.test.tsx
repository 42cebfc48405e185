import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { BarChart } from './bar-chart.tsx'

describe('a bar chart', () => {
  it('has one scale, however long the numbers beside the bars are', () => {
    const bars = [
      { key: 'a', label: 'a', value: 0.615702, text: '0.615702' },
      { key: 'b', label: 'b', value: 0.6, text: '0.6' },
    ]
    const chart = renderToStaticMarkup(<BarChart label="Scores" bars={bars} />)
    const columns = [...chart.matchAll(/grid-template-columns:([^"]*)"/g)].map(([, value]) => value)
    expect(columns).toHaveLength(2)
    expect(new Set(columns).size).toBe(1)
    // What takes the room that its own row needs would make the bars of other rows longer.
    expect(columns[0]).not.toMatch(/auto|content/)
  })
})
