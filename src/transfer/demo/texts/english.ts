import type { DemoPost } from '../demo.types.js';

/** Posts in English. */
export const englishPosts: readonly DemoPost[] = [
  {
    key: 'welcome',
    title: 'What this notebook is, and how to put it away',
    slug: 'what-this-notebook-is',
    language: 'en',
    author: 'ines',
    category: 'harbours',
    tags: ['notebook'],
    cover: 'harbour',
    daysAgo: 1,
    sticky: true,
    body: `Everything here was written and drawn to show what a site can look like when it has been lived in for a while: posts of several lengths and in several languages, pictures, comments, a menu, something scheduled for later and something not finished yet.

Nobody in it exists. The harbour has no name because it is put together from several, and the tide tables are wrong on purpose.

<!--more-->

When you have seen enough, one command takes it all away:

\`\`\`sh
npx billet demo --remove
\`\`\`

It removes what it brought and nothing else. If you have answered one of the comments, or filed a post of your own under one of the categories, those stay, and whatever they stand on stays with them.`,
    comments: [
      {
        name: 'Wendel Ashby',
        body: 'I left it up for a week before I could bring myself to remove the barometer.',
        after: 5,
        replies: [
          {
            name: 'Ines Carrow',
            person: 'ines',
            body: 'It has that effect. The real one is in the shed if you want it.',
            after: 2,
          },
        ],
      },
      {
        name: 'Somebody new',
        body: 'First time here. Is there a way to be told about new posts?',
        after: 9,
        pending: true,
      },
    ],
  },
  {
    key: 'gauge',
    title: 'The gauge at the end of the mole',
    slug: 'the-gauge-at-the-end-of-the-mole',
    language: 'en',
    author: 'ines',
    category: 'instruments',
    tags: ['tides', 'patience'],
    cover: 'tide',
    daysAgo: 6,
    body: `There is a hut at the end of the north mole, about as large as two telephone boxes, and in it a float rises and falls in a pipe. A wire runs from the float over a wheel to a pen, and the pen rests on a drum that turns once in a day. That is all. It has been drawing the same curve since before the railway came, and no two of its days are alike.

I go out in the morning to change the paper. It takes four minutes if nothing is wrong.

## What can be wrong

- The clock stops when the hut is colder than minus six.
- A crab sits in the pipe. You can tell from the curve: high water comes as it should, and low water never quite arrives.
- The ink dries, and the sea goes on without being written down.

The last one bothers me more than it should. The sea does not mind. But there is a white strip in the record for the night of the second of March, eleven hours long, and I have caught myself telling visitors about those eleven hours as though I knew what had happened in them.

> A gap is a measurement too, the old keeper wrote in the margin. It measures the keeper.

## The paper

The sheets come in packets of a hundred, ruled in pale blue, and nobody makes them any more. We have nine packets. At one a day that is two years and five months, and then somebody will have to decide whether the sea is to be written down on something else.`,
    comments: [
      {
        name: 'Tobias Lund',
        person: 'tobias',
        body: 'Bring me one of the sheets and I will rule the next thousand. I have the pens.',
        after: 7,
        replies: [
          {
            name: 'Ines Carrow',
            person: 'ines',
            body: 'You said that in spring.',
            after: 1,
            replies: [
              {
                name: 'Tobias Lund',
                person: 'tobias',
                body: 'In spring I had not found the pens.',
                after: 3,
              },
            ],
          },
        ],
      },
      { name: 'Hedda Rowe', body: 'Our crab was an eel. Same curve.', after: 30 },
    ],
  },
  {
    key: 'barometer',
    title: 'How to read a barometer, and when not to',
    slug: 'how-to-read-a-barometer',
    language: 'en',
    author: 'tobias',
    category: 'barometers',
    tags: ['weather', 'brass'],
    cover: 'dial',
    daysAgo: 17,
    body: `People ask me what the words on the dial mean. *Stormy, rain, change, fair, very dry.* They mean that whoever engraved them had a customer who wanted words.[^words] The hand does not point at weather. It points at how much air lies above you, and the only thing worth knowing is which way that is going, and how fast.

So: tap the glass once, gently, with a knuckle. See which way the hand jumps. Set the other hand over it. Come back in three hours.

| In three hours | What it is called | What to do |
| --- | --- | --- |
| less than 1 hPa | steady | whatever you were doing |
| 1 to 3 hPa down | falling | take in the washing |
| 3 to 6 hPa down | falling quickly | look at the moorings |
| more than 6 hPa down | falling very rapidly | be somewhere else |
| more than 6 hPa up | rising very rapidly | the wind is not finished with you |

The last line catches people out. A glass that shoots up behind a front brings the hardest gusts of all, because the air is running downhill into the hole that the front has left.[^hole]

## When not to

Do not read it in a house with the oven on. Do not read it on a hill and believe the number: a column of air loses a hectopascal for every eight metres you climb, so the church tower is always a little stormier than the quay. And do not read it to people who are about to be married.

[^words]: The earliest dials have no words at all. They arrive around the time that barometers began to be given as presents.
[^hole]: I know that this is not how a meteorologist would put it. I have asked one, and she winced, and then said that it would do.`,
    comments: [
      {
        name: 'Maarten Visk',
        body: 'We tap ours and it sticks. Has it had its day?',
        after: 20,
        replies: [
          {
            name: 'Tobias Lund',
            person: 'tobias',
            body: 'A hair on the chain, nine times of ten. Do not oil it, whatever anyone says.',
            after: 4,
          },
        ],
      },
      {
        name: 'A reader inland',
        body: 'At 600 metres mine says *stormy* all year. I have grown fond of it.',
        after: 52,
      },
    ],
  },
  {
    key: 'sextant',
    title: 'A sextant in forty-one pieces',
    slug: 'a-sextant-in-forty-one-pieces',
    language: 'en',
    author: 'tobias',
    category: 'instruments',
    tags: ['brass', 'repairs'],
    daysAgo: 33,
    body: `It came in a biscuit tin. The frame had been dropped, the mirrors had gone the colour of tea, and somebody had put the index arm back with a wood screw.

- [x] photograph everything before touching it
- [x] soak the tangent screw (two days; it let go with a sound like a cork)
- [x] straighten the frame, cold, a little at a time
- [ ] silver the mirrors
- [ ] find out who puts a wood screw into a sextant

The arithmetic for checking the arc is dull by hand, so I wrote it down once and for all:

\`\`\`python
from math import degrees, acos, hypot

def angle_between(a, b):
    """Degrees between two sightings, each as (x, y) on the wall."""
    dot = a[0] * b[0] + a[1] * b[1]
    return degrees(acos(dot / (hypot(*a) * hypot(*b))))

chimney, pole = (3.20, 11.75), (-1.05, 12.10)
print(f"{angle_between(chimney, pole):.3f}")   # the arc says 20.04
\`\`\`

If the two disagree by more than a minute of arc, measure the wall again. It is nearly always the wall.`,
    comments: [
      { name: 'Petra Olm', body: 'The wood screw was probably me. I was nine.', after: 80 },
    ],
  },
  {
    key: 'knots',
    title: 'The five knots I actually use',
    slug: 'the-five-knots-i-actually-use',
    language: 'en',
    author: 'ines',
    category: 'harbours',
    tags: ['rope'],
    daysAgo: 58,
    body: `There is a book in the chandlery with three thousand eight hundred and fifty-four knots in it. I have used five.

1. **Bowline.** For everything that must hold and must come undone.
2. **Round turn and two half hitches.** For everything else.
3. **Cleat hitch.** One turn, two crosses, one lock. More turns are worry, not rope.
4. **Sheet bend.** When the rope is too short and the other rope is the wrong thickness, which is always.
5. **The one whose name I do not know.** My aunt tied it round parcels, and I tie it round parcels.

The rest of the book is very good in winter.`,
  },
  {
    key: 'memory',
    title: 'A chart drawn from memory',
    slug: 'a-chart-drawn-from-memory',
    language: 'en',
    author: 'ines',
    category: 'charts',
    tags: ['memory', 'notebook'],
    cover: 'chart',
    daysAgo: 96,
    body: `We gave everybody on the ferry a sheet of paper and asked them to draw the bay. Fourteen people; fourteen bays.

![A sea chart with a compass rose](/media/{{picture:chart}} "The official one, for comparison. Nobody's looked like this.")

The fishermen drew the bottom. The children drew the island three times too large, which is the size that it is. The pilot drew nothing but the two marks that you keep in line when you come in, and when I asked where the land was he said that he had never needed it.

The doctor drew the bay as a list of the houses round it. You could have navigated by that too, in a way, if you had been ill in the right order.

I have put them in a drawer under the real chart. They disagree about everything except one rock.`,
    comments: [
      {
        name: 'Aino',
        body: 'Which rock?',
        after: 3,
        replies: [
          {
            name: 'Ines Carrow',
            person: 'ines',
            body: 'The one that everybody has hit.',
            after: 1,
          },
        ],
      },
    ],
  },
  {
    key: 'bells',
    title: '',
    slug: 'five-bells',
    language: 'en',
    author: 'tobias',
    category: 'harbours',
    tags: [],
    daysAgo: 121,
    body: `Fog since four. The bell on the outer buoy rings by itself when the swell is right, and this morning it rang five times and then thought better of it.

![A single boat in fog](/media/{{picture:fog}})`,
  },
  {
    key: 'springs',
    title: 'The equinox springs',
    slug: 'the-equinox-springs',
    language: 'en',
    author: 'ines',
    category: 'instruments',
    tags: ['tides'],
    cover: 'tide',
    daysAgo: -3,
    body: `On the day after tomorrow's new moon the sea will go out further than it has since autumn, and for about twenty minutes you will be able to walk to the wreck. Bring boots. Be back on the slip before the gauge says four metres, because the way home floods first.`,
  },
  {
    key: 'dictionary',
    title: 'Notes towards a dictionary of the harbour',
    slug: 'notes-towards-a-dictionary',
    language: 'en',
    author: 'oriane',
    category: 'harbours',
    tags: ['notebook'],
    daysAgo: null,
    body: `*Slack*, n. The quarter of an hour in which the water has not made up its mind.

*Lee*, n. Where everyone is standing.

*Fender*, n. — still to do. Ask T. about the goat.`,
  },
  {
    key: 'about',
    kind: 'page',
    title: 'About',
    slug: 'about',
    language: 'en',
    author: 'ines',
    tags: [],
    daysAgo: 400,
    body: `Three people keep this notebook, at the end of a mole, behind a chandlery, and on a ferry. We write down what the instruments say and what people say about them.

It is a demonstration: the people, the harbour and the weather were made up for it, and [the first post](/posts/what-this-notebook-is) says how to take it all away.`,
  },
];
