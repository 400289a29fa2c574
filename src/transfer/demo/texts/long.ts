import type { DemoPost } from '../demo.types.js';

/** The long one, with headings enough for a table of contents. */
export const longPost: DemoPost = {
  key: 'lighthouses',
  title:
    'The long way round: a year of lights, kept by somebody who was supposed to be mending them',
  slug: 'the-long-way-round',
  language: 'en',
  author: 'tobias',
  category: 'instruments',
  tags: ['lights', 'repairs', 'patience'],
  cover: 'lighthouse',
  excerpt: 'Twelve months, nine lights, one van, and what a lens does to the person who cleans it.',
  daysAgo: 145,
  body: `The letter said that nine lights between the estuary and the cape wanted their lenses looked at, that there was a van, and that it should take six weeks. I am writing this a year later, in the van.

## January: how a light works

A lamp in the dark shines in every direction, and nearly all of those directions are wrong. The sky has no use for it, nor has the rock. So somebody builds a glass around the lamp, ring upon ring, each ring cut so that what would have gone up or down is bent until it goes out, flat, towards the horizon.

That is all that a lighthouse is: a machine for not wasting a candle.

### What the glass is made of

The old lenses are greenish if you look along the edge. There are bubbles in them, and in one of the prisms at the estuary there is a hair, which must have belonged to somebody in a glassworks who has been dead for a hundred and sixty years. It throws no shadow. I have looked for it from the sea.

### What the dirt is made of

Salt, first. Then smoke from the years when the lamp burned oil. Then flies. You take it off in that order, with rainwater and spirits and a silk rag, and you do not take your rings off afterwards, you take them off before.

## March: the estuary light

The keeper's widow still lives below the light, which has run itself since 1978. She has the habit of waking at two, when the weights had to be wound.

> I get up and put the kettle on, she said. Somebody ought to be awake.

We cleaned forty-eight prisms together. She did the lower rings because of her knees and I did the upper ones because of my arms. On the third day she told me that her husband had never once in thirty-one years let the lens stop for a full minute, and that he had been afraid of the dark.

### A table, because I promised one

| Light | Built | Seen from | Days I thought | Days it took |
| --- | ---: | ---: | ---: | ---: |
| Estuary | 1861 | 17 miles | 3 | 9 |
| The Sow | 1874 | 12 miles | 2 | 2 |
| Pilgrim's Point | 1840 | 21 miles | 5 | 31 |
| The Twins, east | 1902 | 9 miles | 2 | 6 |
| The Twins, west | 1902 | 9 miles | 2 | 0 |
| Grey Mare | 1888 | 15 miles | 4 | 12 |

The west Twin took no days because it had fallen into the sea in the meantime. Nobody had told the office.

## May: the Sow

The Sow is a rock with a tower on it, and the tower is exactly as wide as the rock. You are put ashore by a man who will come back on Thursday if he can.

He could not. I had food for five days and was there for eight, and what I learned is that eight days is the time it takes to stop reading whatever print there is in a room. After that I cleaned things that nobody had asked me to clean. The Sow has very bright door handles now.

### What you hear

People ask about the silence. There is none. A tower in the sea is a bottle that the wind blows across, and it has one note, a little below the lowest string of a cello. By the second night I was tuning my thoughts to it. By the eighth, when the boat came and the engine ran a semitone sharp, I wanted to apologise to somebody.

## July: Pilgrim's Point

Five days became thirty-one because of a bearing.

The lens at Pilgrim's Point weighs as much as a lorry and floats in a trough of mercury, so that one finger can turn it. That is the theory. In July it took a shoulder. Under the trough I found what had been a spare bearing, a mouse, and a page of a newspaper with the result of an election that I remembered differently.

Mercury is not to be swept up with a dustpan. You wait for people in suits, and while you wait you sleep in the garden, and while you sleep in the garden you hear what the light does: it goes over you every ten seconds like a page being turned.

### Ten seconds

Try it. Count to ten and imagine, at ten, the whole night going pale for as long as it takes to notice. Then count again. After an hour you stop counting. After a week you can tell from the inside of your eyelids whether the clockwork is running slow.

The people in suits came, and were kind, and found it running eleven hundredths slow. I had said twelve.

## September: the Twins

They stand two hundred metres apart, and for ninety years one was never lit without the other. Two lights in line mean safe water; one light means nothing, or rather it means whatever you hope it means, and that is worse.

So when the west Twin went, the east one was switched off on the same night, by a woman from the village who had the key for the garden. She did not ask anybody. She wrote me a note about it, which I have kept:

> It would have been telling lies.

I mended it all the same. It stands there, clean, bearings greased, and dark. The office has a form for that, and I filled it in: *serviceable, not in use, reason: honesty*. They sent it back for a code.

## November: Grey Mare

By now there were three of us: a dog had been living under the van since the Point, and she came in when it froze.

Grey Mare has an electric lamp the size of a jam jar where the great burner used to be. It does the same work. The room around it is empty and very beautiful, eight windows and a view of nothing, and I understood there why the keepers I had met all spoke of the lamp as *she* and of the lens as *it*. The lamp changes. The lens just goes on being exactly right.

### For whoever comes next

1. Warm the glass before you touch it; cold glass and warm breath make a film that takes an hour to clear.
2. Silk for the prisms, cotton for the brass, and never the other way round.
3. Count your tools going up and coming down.
4. If a ring rings when you tap it, it is whole. If it clicks, put it back and say nothing to it.
5. Go out at night and look at what you have done from where it is meant to be seen.

## December: the cape

The ninth light is the one that everybody photographs. It has a car park and a shop. The lens is behind a rope, and the light that ships see is a box on a pole, twenty metres to the left.

I asked whether I might clean the lens anyway. They looked for a rule against it and there was none. So on the shortest day of the year, before the shop opened, I took the rope down, and the dog lay in the doorway, and I did the rings one after the other from the top with a silk rag that had been a shirt when I set out.

When I had finished there was nothing to see. That is how you know. You look at a clean lens and you see the far wall, bent into bright rings, and yourself, upside down, very small, holding a rag.

Then the sun came over the sill and found the glass, and for about a minute the whole car park was full of spectra.`,
  comments: [
    {
      name: 'Ines Carrow',
      person: 'ines',
      body: 'So that is where the van was.',
      after: 4,
      replies: [
        {
          name: 'Tobias Lund',
          person: 'tobias',
          body: 'I left a note on the gauge.',
          after: 2,
          replies: [{ name: 'Ines Carrow', person: 'ines', body: 'The crab had it.', after: 1 }],
        },
      ],
    },
    {
      name: 'R. Halloran',
      body: 'My grandfather kept the Sow from 1931. He hummed that note all his life and never knew that he did.',
      after: 26,
    },
    {
      name: 'Yusuf',
      body: '*Serviceable, not in use, reason: honesty.* I have put it over my desk.',
      after: 49,
    },
  ],
};
