// Draws each figure's JSON with ECharts, in the colours of the reader's theme, and again when that changes.
(() => {
  'use strict';
  const DASHES = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]];
  const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'];
  const MARKED = 30; // a line of so few points shows where they are
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const figures = [...document.querySelectorAll('figure')].map(figure => ({
    element: figure.querySelector('.chart'),
    data: JSON.parse(figure.querySelector('script').textContent),
    chart: null,
  }));

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const number = value => Number(value.toPrecision(4)).toString();

  const axis = (described, vertical) => ({
    type: 'value', name: described.name, nameLocation: 'middle', nameGap: vertical ? 44 : 28,
    min: described.min ?? undefined, max: described.max ?? undefined, scale: described.min === undefined,
    nameTextStyle: { color: colour('--quiet') },
    axisLabel: { color: colour('--quiet'), hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: colour('--line') } },
    splitLine: { lineStyle: { color: colour('--line'), opacity: 0.5 } },
  });

  const line = (series, index, colours) => {
    const guide = series.style === 'GUIDE';
    const faint = series.style === 'FAINT';
    const own = guide ? colour('--quiet') : colours[index % colours.length];
    return {
      type: 'line', name: series.name, data: series.points, color: own, animation: false,
      symbol: SYMBOLS[index % SYMBOLS.length], symbolSize: 6,
      showSymbol: !guide && !faint && series.points.length <= MARKED, silent: guide || faint,
      lineStyle: {
        color: own, width: faint ? 1 : 2, opacity: faint ? 0.35 : 1,
        type: guide ? 'dashed' : DASHES[Math.floor(index / 2) % DASHES.length],
      },
    };
  };

  const bars = (series, index, colours) => ({
    type: 'bar', name: series.name, data: series.points, stack: 'rows', color: colours[index % colours.length],
    barWidth: '80%', animation: false,
    itemStyle: index === 1 ? { decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.8,
      color: 'rgba(255,255,255,0.45)' } } : {},
  });

  const option = data => {
    const colours = colour('--series').split(' ');
    const isBars = data.series.some(series => series.style === 'BARS');
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      legend: {
        type: 'scroll', top: 0, textStyle: { color: colour('--text') }, itemWidth: 28,
        pageTextStyle: { color: colour('--text') }, pageIconColor: colour('--accent'),
        pageIconInactiveColor: colour('--line'),
      },
      grid: { left: 22, right: 18, top: 40, bottom: 26, containLabel: true },
      // richText is drawn, not parsed as HTML: names of labels come from data.
      tooltip: {
        trigger: 'axis', renderMode: 'richText', confine: true, valueFormatter: number,
        axisPointer: { type: isBars ? 'shadow' : 'line', label: { formatter: p => number(p.value) } },
        backgroundColor: colour('--raised'), borderColor: colour('--line'), textStyle: { color: colour('--text') },
      },
      xAxis: axis(data.x, false),
      yAxis: axis(data.y, true),
      series: data.series.map((series, i) => (isBars ? bars : line)(series, i, colours)),
    };
  };

  const draw = () => {
    let drawn = 0;
    for (const figure of figures) {
      figure.chart?.dispose();
      figure.chart = echarts.init(figure.element);
      figure.chart.setOption(option(figure.data));
      drawn++;
    }
    document.documentElement.dataset.drawn = `${drawn} of ${figures.length}`;
  };

  draw();
  dark.addEventListener('change', draw);
  new ResizeObserver(() => figures.forEach(figure => figure.chart.resize())).observe(document.body);
})();
