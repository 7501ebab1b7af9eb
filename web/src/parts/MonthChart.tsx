import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import type { BarSeriesOption } from 'echarts/charts';
import type { GridComponentOption } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

import type { Overview } from '../../../src/api/schemas.ts';

use([BarChart, GridComponent, SVGRenderer]);

type Option = ComposeOption<BarSeriesOption | GridComponentOption>;

/** Notices of each month as columns. The figures stand in a table beside it for those who cannot see it. */
export default function MonthChart({ months }: { months: Overview['months'] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current === null) return;
    const chart = init(box.current, null, { renderer: 'svg' });
    chart.setOption(optionOf(months, getComputedStyle(box.current).fontFamily));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [months]);
  return <div ref={box} className="chart" role="img" aria-label="近十二个月每月公告数柱状图，数字见图下表格" />;
}

function optionOf(months: Overview['months'], fontFamily: string): Option {
  const font = { fontFamily, lineHeight: 16, color: '#4a5363', fontSize: 12 };
  return {
    animation: false,
    grid: { left: 8, right: 8, top: 28, bottom: 4, containLabel: true },
    xAxis: {
      type: 'category',
      data: months.map(({ month }) => month),
      axisLabel: { ...font, formatter: (month: string, i: number) => tick(month, i), hideOverlap: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: '#98a2b1' } },
    },
    yAxis: { type: 'value', minInterval: 1, axisLabel: font, splitLine: { lineStyle: { color: '#e3e7ec' } } },
    series: [
      {
        type: 'bar',
        name: '公告',
        data: months.map(({ notices }) => notices),
        itemStyle: { color: '#1b4a7e' },
        barMaxWidth: 36,
        label: { show: true, position: 'top', ...font },
      },
    ],
  };
}

/** `11月`, with the year below where it begins. */
function tick(month: string, i: number): string {
  const name = `${Number(month.slice(5))}月`;
  return i === 0 || month.endsWith('-01') ? `${name}\n${month.slice(0, 4)}` : name;
}
