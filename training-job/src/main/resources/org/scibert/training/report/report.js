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

  const number = value => (value !== 0 && Math.abs(value) < 0.001
    ? Number(value.toPrecision(3)).toExponential()
    : String(+value.toPrecision(4)));

  const axis = (described, vertical) => ({
    type: 'value', name: described.name, nameLocation: vertical ? 'end' : 'middle', nameGap: vertical ? 12 : 28,
    nameTruncate: { maxWidth: vertical ? 160 : 260 },
    min: described.min ?? undefined, max: described.max ?? undefined, scale: described.min === undefined,
    nameTextStyle: {
      color: colour('--quiet'), align: vertical ? 'left' : 'center', padding: vertical ? [0, 0, 0, -24] : 0,
    },
    axisLabel: { color: colour('--quiet'), hideOverlap: true, formatter: number },
    axisLine: { show: true, lineStyle: { color: colour('--line') } },
    splitLine: { lineStyle: { color: colour('--line'), opacity: 0.5 } },
  });

  const line = (series, index, colours) => {
    const guide = series.style === 'GUIDE';
    const faint = series.style === 'FAINT';
    const own = guide ? colour('--quiet') : colours[index % colours.length];
    return {
      type: 'line', name: series.name, data: series.points, color: own, animation: false,
      symbol: guide || faint ? 'none' : SYMBOLS[index % SYMBOLS.length], symbolSize: 6,
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
        type: 'scroll', top: 0, itemWidth: 28, textStyle: { color: colour('--text') },
        formatter: name => (name.length > 30 ? name.slice(0, 29) + '…' : name),
        pageTextStyle: { color: colour('--text') }, pageIconColor: colour('--accent'),
        pageIconInactiveColor: colour('--line'),
      },
      grid: { left: 8, right: 18, top: 58, bottom: 26, containLabel: true },
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
    document.documentElement.dataset.drawn = `${drawn} of ${figures.length}, ${dark.matches ? 'dark' : 'light'}`;
  };

  draw();
  dark.addEventListener('change', draw);
  new ResizeObserver(() => figures.forEach(figure => figure.chart.resize())).observe(document.body);
})();
