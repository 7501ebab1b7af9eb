import { HeatmapChart } from 'echarts/charts';
import type { HeatmapSeriesOption } from 'echarts/charts';
import { GridComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import type { GridComponentOption, TooltipComponentOption, VisualMapComponentOption } from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

import type { SourceHealthReply } from '../../../src/api/schemas.ts';
import { shortDay } from '../../../src/model/day-words.ts';
import { inWords, lastDays } from '../dates.ts';

use([HeatmapChart, GridComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

type Option = ComposeOption<
  HeatmapSeriesOption | GridComponentOption | TooltipComponentOption | VisualMapComponentOption
>;
type Channels = SourceHealthReply['channels'];

const ROW = 22;
const DAYS = 90;

/** Notices a day and column over a quarter: a day without any stays white, so that a gap is seen as one. */
export default function DayHeatMap({ channels, now }: { channels: Channels; now: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current === null) return;
    const chart = init(box.current, null, { renderer: 'svg' });
    chart.setOption(optionOf(channels, lastDays(now, DAYS), getComputedStyle(box.current).fontFamily));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [channels, now]);
  return (
    <div
      ref={box}
      role="img"
      style={{ height: channels.length * ROW + 60 }}
      aria-label="近九十天各栏目每天公告数，空白为没有公告；各栏目最近一天与沉默天数见上表"
    />
  );
}

function optionOf(channels: Channels, days: string[], fontFamily: string): Option {
  const font = { fontFamily, color: '#4a5363', fontSize: 12 };
  const place = new Map(days.map((day, i) => [day, i]));
  const cells = channels.flatMap(({ days: shown }, row) =>
    shown.flatMap(({ day, notices }) => {
      const column = place.get(day);
      return column === undefined ? [] : [[column, row, notices]];
    }),
  );
  const most = Math.max(1, ...cells.map(([, , notices]) => notices ?? 0));
  return {
    animation: false,
    tooltip: {
      textStyle: { fontFamily, fontSize: 12 },
      formatter: (item) => {
        const [column = -1, row = -1, notices = 0] = Array.isArray(item) ? [] : (item.data as number[]);
        return `${channels[row]?.name ?? ''} ${inWords(days[column] ?? '')}：${notices} 条`;
      },
    },
    grid: { left: 8, right: 8, top: 8, bottom: 36, containLabel: true },
    xAxis: {
      type: 'category',
      data: days.map(shortDay),
      axisLabel: { ...font, interval: 6 },
      axisTick: { show: false },
      splitArea: { show: false },
    },
    yAxis: {
      type: 'category',
      data: channels.map(({ name }) => name),
      inverse: true,
      axisLabel: font,
      axisTick: { show: false },
    },
    visualMap: {
      min: 0,
      max: most,
      calculable: false,
      orient: 'horizontal',
      right: 8,
      bottom: 0,
      itemHeight: 80,
      itemWidth: 10,
      text: [`${most} 条`, '0'],
      textStyle: font,
      inRange: { color: ['#dbe7f3', '#1b4a7e'] },
    },
    series: [{ type: 'heatmap', data: cells, itemStyle: { borderColor: '#ffffff', borderWidth: 1 } }],
  };
}
