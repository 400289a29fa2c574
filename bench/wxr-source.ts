/** A WordPress export of any size, made as it is read: `megabytes` of posts with comments and pictures. */
export async function* wxrOf(megabytes: number): AsyncGenerator<Buffer> {
  const wanted = megabytes * 1024 * 1024;
  let size = 0;
  const part = (text: string): Buffer => {
    const bytes = Buffer.from(text);
    size += bytes.length;
    return bytes;
  };
  yield part(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>A large site</title><link>https://large.example</link><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://large.example</wp:base_blog_url>
<wp:author><wp:author_login>keeper</wp:author_login><wp:author_email>keeper@large.example</wp:author_email></wp:author>`);
  for (let id = 1; size < wanted; id += 1) yield part(await Promise.resolve(itemOf(id)));
  yield part('</channel></rss>');
}

function itemOf(id: number): string {
  const paragraph = `The gauge said ${String(id)} and the keeper wrote it down, <em>as he did every morning</em>, beside <a href="https://large.example/?p=${String(Math.max(1, id - 7))}">the last one</a>. `;
  const comments = Array.from({ length: id % 4 }, (_, index) => {
    const number = id * 10 + index;
    return `<wp:comment><wp:comment_id>${String(number)}</wp:comment_id><wp:comment_author>Reader</wp:comment_author><wp:comment_date_gmt>2020-01-01 00:00:00</wp:comment_date_gmt><wp:comment_content>Comment ${String(number)}</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>${String(index === 0 ? 0 : number - 1)}</wp:comment_parent></wp:comment>`;
  });
  return `<item><title>Day ${String(id)}</title><link>https://large.example/day-${String(id)}/</link><dc:creator>keeper</dc:creator>
<content:encoded><![CDATA[${`${paragraph.repeat(6)}\n\n`.repeat(5)}<img src="https://large.example/wp-content/uploads/${String(id % 500)}.jpg" alt="">]]></content:encoded>
<wp:post_id>${String(id)}</wp:post_id><wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt><wp:post_name>day-${String(id)}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="year-${String(id % 40)}"><![CDATA[Year ${String(id % 40)}]]></category>${comments.join('')}</item>\n`;
}
