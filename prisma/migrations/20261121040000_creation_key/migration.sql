-- The key of the form that made a post: the same form sent twice makes one post.
ALTER TABLE "posts" ADD COLUMN "creation_key" UUID;

CREATE UNIQUE INDEX "posts_author_id_kind_creation_key_key" ON "posts"("author_id", "kind", "creation_key");
