import { openLinkedDetails } from './open-details.js';
import { enableSaving } from './save.js';
import { TimeCharts } from './time-charts.js';

/** Everything that the page's script does. The page reads well without it. */
openLinkedDetails();
for (const section of document.querySelectorAll<HTMLElement>('section.run')) {
  enableSaving(section);
  TimeCharts.of(section);
}
