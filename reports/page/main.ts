import { openLinkedDetails } from './open-details.js';
import { enableSaving } from './save.js';
import { TimeCharts } from './time-charts.js';
import { Timeline } from './timeline/timeline.js';

/** Everything that the page's script does. The page reads well without it. */
openLinkedDetails();
for (const section of document.querySelectorAll<HTMLElement>('section.run')) {
  enableSaving(section);
  TimeCharts.of(section);
  Timeline.of(section);
}
