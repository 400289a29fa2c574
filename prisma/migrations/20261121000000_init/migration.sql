-- The first schema: what Prisma knows (tables, foreign keys, plain indexes), then what it does not
-- (extensions, text search, checks, partial and expression indexes, counters kept by triggers).

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

-- Text search: accents are folded by a filtering dictionary, then words are stemmed in the post's language.
CREATE TEXT SEARCH CONFIGURATION public.billet_simple (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION public.billet_simple
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, pg_catalog.simple;
CREATE TEXT SEARCH CONFIGURATION public.billet_en (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION public.billet_en
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, pg_catalog.english_stem;
CREATE TEXT SEARCH CONFIGURATION public.billet_fr (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION public.billet_fr
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, pg_catalog.french_stem;

-- The configuration that stems a language tag such as `fr` or `fr-CA`.
CREATE FUNCTION public.billet_search_config(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE split_part(lower(language), '-', 1)
    WHEN 'en' THEN 'public.billet_en'::regconfig
    WHEN 'fr' THEN 'public.billet_fr'::regconfig
    ELSE 'public.billet_simple'::regconfig
  END
$$;

-- 200,000 characters of text are far below the limit of a tsvector (1 MB) in any script.
CREATE FUNCTION public.billet_search_vector(
  language text, title text, tag_text text, excerpt text, plain_text text
) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector(public.billet_search_config(language), left(title, 2000)), 'A')
      || setweight(to_tsvector(public.billet_search_config(language), left(tag_text, 20000)), 'B')
      || setweight(to_tsvector(public.billet_search_config(language), left(excerpt, 20000)), 'C')
      || setweight(to_tsvector(public.billet_search_config(language), left(plain_text, 200000)), 'D')
$$;

-- Lower case without accents, for comparing misspelt words. unaccent() is only STABLE because its
-- dictionary could be altered; naming the dictionary makes the promise ours.
CREATE FUNCTION public.billet_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT lower(public.unaccent('public.unaccent'::regdictionary, value))
$$;

-- CreateEnum
CREATE TYPE "role" AS ENUM ('reader', 'author', 'editor', 'admin');

-- CreateEnum
CREATE TYPE "post_kind" AS ENUM ('post', 'page');

-- CreateEnum
CREATE TYPE "post_status" AS ENUM ('draft', 'scheduled', 'published', 'private', 'trashed');

-- CreateEnum
CREATE TYPE "comment_status" AS ENUM ('pending', 'approved', 'spam', 'trash');

-- CreateEnum
CREATE TYPE "comment_kind" AS ENUM ('comment', 'pingback', 'trackback', 'webmention');

-- CreateEnum
CREATE TYPE "media_state" AS ENUM ('processing', 'ready', 'failed');

-- CreateEnum
CREATE TYPE "menu_location" AS ENUM ('main', 'footer');

-- CreateEnum
CREATE TYPE "token_purpose" AS ENUM ('setup', 'confirm_email', 'change_email', 'revert_email', 'reset_password', 'claim_account');

-- CreateEnum
CREATE TYPE "mail_state" AS ENUM ('queued', 'sending', 'sent', 'failed');

-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('waiting', 'validating', 'importing', 'done', 'failed');

-- CreateTable
CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "email" CITEXT NOT NULL,
    "username" CITEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "password_hash" TEXT,
    "role" "role" NOT NULL DEFAULT 'reader',
    "bio" TEXT NOT NULL DEFAULT '',
    "website" TEXT,
    "avatar_id" INTEGER,
    "locale" TEXT,
    "email_confirmed_at" TIMESTAMPTZ(3),
    "suspended_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "post_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id_hash" BYTEA NOT NULL,
    "user_id" INTEGER,
    "data" JSONB NOT NULL,
    "address" INET,
    "agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "posts" (
    "id" SERIAL NOT NULL,
    "kind" "post_kind" NOT NULL DEFAULT 'post',
    "status" "post_status" NOT NULL DEFAULT 'draft',
    "title" TEXT NOT NULL DEFAULT '',
    "slug" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "excerpt" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL DEFAULT 'en',
    "author_id" INTEGER,
    "category_id" INTEGER,
    "cover_id" INTEGER,
    "sticky" BOOLEAN NOT NULL DEFAULT false,
    "comments_open" BOOLEAN NOT NULL DEFAULT true,
    "published_at" TIMESTAMPTZ(3),
    "trashed_from" "post_status",
    "trashed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "html" TEXT NOT NULL DEFAULT '',
    "toc" JSONB NOT NULL DEFAULT '[]',
    "plain_text" TEXT NOT NULL DEFAULT '',
    "auto_excerpt" TEXT NOT NULL DEFAULT '',
    "word_count" INTEGER NOT NULL DEFAULT 0,
    "reading_minutes" INTEGER NOT NULL DEFAULT 0,
    "renderer_version" INTEGER NOT NULL DEFAULT 0,
    "tag_text" TEXT NOT NULL DEFAULT '',
    "search" tsvector GENERATED ALWAYS AS (public.billet_search_vector(language, title, tag_text, excerpt, plain_text)) STORED,
    "comment_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "posts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revisions" (
    "id" SERIAL NOT NULL,
    "post_id" INTEGER NOT NULL,
    "author_id" INTEGER,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "excerpt" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "status" "post_status" NOT NULL,
    "restored_from" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "autosaves" (
    "key" UUID NOT NULL,
    "user_id" INTEGER NOT NULL,
    "post_id" INTEGER,
    "kind" "post_kind" NOT NULL DEFAULT 'post',
    "fields" JSONB NOT NULL,
    "base_version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "autosaves_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "slug_history" (
    "kind" "post_kind" NOT NULL,
    "slug" TEXT NOT NULL,
    "post_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "slug_history_pkey" PRIMARY KEY ("kind","slug")
);

-- CreateTable
CREATE TABLE "categories" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "parent_id" INTEGER,
    "position" INTEGER NOT NULL DEFAULT 0,
    "post_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post_categories" (
    "post_id" INTEGER NOT NULL,
    "category_id" INTEGER NOT NULL,

    CONSTRAINT "post_categories_pkey" PRIMARY KEY ("post_id","category_id")
);

-- CreateTable
CREATE TABLE "tags" (
    "id" SERIAL NOT NULL,
    "name" CITEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "post_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post_tags" (
    "post_id" INTEGER NOT NULL,
    "tag_id" INTEGER NOT NULL,

    CONSTRAINT "post_tags_pkey" PRIMARY KEY ("post_id","tag_id")
);

-- CreateTable
CREATE TABLE "media" (
    "id" SERIAL NOT NULL,
    "state" "media_state" NOT NULL DEFAULT 'processing',
    "upload_sha256" CHAR(64) NOT NULL,
    "key" TEXT NOT NULL,
    "original_key" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "alt" TEXT NOT NULL DEFAULT '',
    "caption" TEXT NOT NULL DEFAULT '',
    "color" TEXT,
    "error" TEXT,
    "source_url" TEXT,
    "uploader_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "media_variants" (
    "media_id" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "mime" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,

    CONSTRAINT "media_variants_pkey" PRIMARY KEY ("media_id","width","mime")
);

-- CreateTable
CREATE TABLE "media_uses" (
    "media_id" INTEGER NOT NULL,
    "post_id" INTEGER NOT NULL,

    CONSTRAINT "media_uses_pkey" PRIMARY KEY ("media_id","post_id")
);

-- CreateTable
CREATE TABLE "comments" (
    "id" SERIAL NOT NULL,
    "post_id" INTEGER NOT NULL,
    "parent_id" INTEGER,
    "thread_id" INTEGER,
    "depth" SMALLINT NOT NULL DEFAULT 1,
    "kind" "comment_kind" NOT NULL DEFAULT 'comment',
    "status" "comment_status" NOT NULL DEFAULT 'pending',
    "author_id" INTEGER,
    "author_name" TEXT NOT NULL DEFAULT '',
    "author_email" CITEXT,
    "author_url" TEXT,
    "address" INET,
    "agent" TEXT,
    "body" TEXT NOT NULL,
    "html" TEXT NOT NULL DEFAULT '',
    "renderer_version" INTEGER NOT NULL DEFAULT 0,
    "like_count" INTEGER NOT NULL DEFAULT 0,
    "reply_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),

    CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "redirects" (
    "id" SERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "redirects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "menu_items" (
    "id" SERIAL NOT NULL,
    "location" "menu_location" NOT NULL DEFAULT 'main',
    "parent_id" INTEGER,
    "position" INTEGER NOT NULL DEFAULT 0,
    "label" TEXT NOT NULL,
    "url" TEXT,
    "post_id" INTEGER,
    "category_id" INTEGER,
    "tag_id" INTEGER,

    CONSTRAINT "menu_items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" BIGSERIAL NOT NULL,
    "actor_id" INTEGER,
    "action" TEXT NOT NULL,
    "target_type" TEXT,
    "target_id" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',
    "address" INET,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tokens" (
    "id" SERIAL NOT NULL,
    "hash" BYTEA NOT NULL,
    "purpose" "token_purpose" NOT NULL,
    "user_id" INTEGER,
    "data" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbound_mail" (
    "id" SERIAL NOT NULL,
    "message_id" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "user_id" INTEGER,
    "to_address" TEXT NOT NULL,
    "to_name" TEXT NOT NULL DEFAULT '',
    "reply_to" TEXT,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "headers" JSONB NOT NULL DEFAULT '{}',
    "state" "mail_state" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbound_mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_runs" (
    "id" SERIAL NOT NULL,
    "state" "import_state" NOT NULL DEFAULT 'waiting',
    "format" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "path" TEXT,
    "options" JSONB NOT NULL DEFAULT '{}',
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "report" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "user_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_keys" (
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "target_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_keys_pkey" PRIMARY KEY ("source","kind","key")
);

-- CreateTable
CREATE TABLE "media_fetches" (
    "id" SERIAL NOT NULL,
    "url" TEXT NOT NULL,
    "import_id" INTEGER,
    "post_ids" INTEGER[],
    "cover_post_ids" INTEGER[],
    "media_id" INTEGER,
    "alt" TEXT NOT NULL DEFAULT '',
    "caption" TEXT NOT NULL DEFAULT '',
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "media_fetches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workers" (
    "name" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "lock_key" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_username_key" ON "users"("username");

-- CreateIndex
CREATE INDEX "users_role_id_idx" ON "users"("role", "id");

-- CreateIndex
CREATE INDEX "users_avatar_id_idx" ON "users"("avatar_id");

-- CreateIndex
CREATE INDEX "users_created_at_id_idx" ON "users"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_user_id_last_used_at_idx" ON "sessions"("user_id", "last_used_at" DESC);

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE INDEX "rate_limits_expire_idx" ON "rate_limits"("expire");

-- CreateIndex
CREATE INDEX "posts_author_id_published_at_id_idx" ON "posts"("author_id", "published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "posts_category_id_idx" ON "posts"("category_id");

-- CreateIndex
CREATE INDEX "posts_cover_id_idx" ON "posts"("cover_id");

-- CreateIndex
CREATE INDEX "posts_kind_status_updated_at_id_idx" ON "posts"("kind", "status", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "posts_kind_updated_at_id_idx" ON "posts"("kind", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "posts_kind_slug_key" ON "posts"("kind", "slug");

-- CreateIndex
CREATE INDEX "revisions_author_id_idx" ON "revisions"("author_id");

-- CreateIndex
CREATE UNIQUE INDEX "revisions_post_id_version_key" ON "revisions"("post_id", "version");

-- CreateIndex
CREATE INDEX "autosaves_user_id_updated_at_idx" ON "autosaves"("user_id", "updated_at" DESC);

-- CreateIndex
CREATE INDEX "autosaves_post_id_idx" ON "autosaves"("post_id");

-- CreateIndex
CREATE INDEX "slug_history_post_id_idx" ON "slug_history"("post_id");

-- CreateIndex
CREATE UNIQUE INDEX "categories_slug_key" ON "categories"("slug");

-- CreateIndex
CREATE INDEX "categories_parent_id_position_name_idx" ON "categories"("parent_id", "position", "name");

-- CreateIndex
CREATE INDEX "post_categories_category_id_post_id_idx" ON "post_categories"("category_id", "post_id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "tags_name_key" ON "tags"("name");

-- CreateIndex
CREATE UNIQUE INDEX "tags_slug_key" ON "tags"("slug");

-- CreateIndex
CREATE INDEX "tags_post_count_name_idx" ON "tags"("post_count" DESC, "name");

-- CreateIndex
CREATE INDEX "post_tags_tag_id_post_id_idx" ON "post_tags"("tag_id", "post_id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "media_upload_sha256_key" ON "media"("upload_sha256");

-- CreateIndex
CREATE INDEX "media_created_at_id_idx" ON "media"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "media_uploader_id_created_at_id_idx" ON "media"("uploader_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "media_source_url_idx" ON "media"("source_url");

-- CreateIndex
CREATE INDEX "media_uses_post_id_idx" ON "media_uses"("post_id");

-- CreateIndex
CREATE INDEX "comments_post_id_created_at_id_idx" ON "comments"("post_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "comments_parent_id_idx" ON "comments"("parent_id");

-- CreateIndex
CREATE INDEX "comments_thread_id_created_at_id_idx" ON "comments"("thread_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "comments_status_created_at_id_idx" ON "comments"("status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "comments_author_id_created_at_idx" ON "comments"("author_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "comments_author_email_idx" ON "comments"("author_email");

-- CreateIndex
CREATE UNIQUE INDEX "redirects_source_key" ON "redirects"("source");

-- CreateIndex
CREATE INDEX "redirects_target_idx" ON "redirects"("target");

-- CreateIndex
CREATE INDEX "menu_items_location_parent_id_position_idx" ON "menu_items"("location", "parent_id", "position");

-- CreateIndex
CREATE INDEX "menu_items_parent_id_idx" ON "menu_items"("parent_id");

-- CreateIndex
CREATE INDEX "menu_items_post_id_idx" ON "menu_items"("post_id");

-- CreateIndex
CREATE INDEX "menu_items_category_id_idx" ON "menu_items"("category_id");

-- CreateIndex
CREATE INDEX "menu_items_tag_id_idx" ON "menu_items"("tag_id");

-- CreateIndex
CREATE INDEX "audit_events_created_at_id_idx" ON "audit_events"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_target_type_target_id_id_idx" ON "audit_events"("target_type", "target_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_actor_id_id_idx" ON "audit_events"("actor_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "tokens_hash_key" ON "tokens"("hash");

-- CreateIndex
CREATE INDEX "tokens_user_id_purpose_idx" ON "tokens"("user_id", "purpose");

-- CreateIndex
CREATE INDEX "tokens_expires_at_idx" ON "tokens"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbound_mail_message_id_key" ON "outbound_mail"("message_id");

-- CreateIndex
CREATE INDEX "outbound_mail_state_created_at_id_idx" ON "outbound_mail"("state", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "outbound_mail_user_id_idx" ON "outbound_mail"("user_id");

-- CreateIndex
CREATE INDEX "import_runs_created_at_id_idx" ON "import_runs"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "import_runs_user_id_idx" ON "import_runs"("user_id");

-- CreateIndex
CREATE INDEX "import_keys_kind_target_id_idx" ON "import_keys"("kind", "target_id");

-- CreateIndex
CREATE UNIQUE INDEX "media_fetches_url_key" ON "media_fetches"("url");

-- CreateIndex
CREATE INDEX "media_fetches_import_id_idx" ON "media_fetches"("import_id");

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_avatar_id_fkey" FOREIGN KEY ("avatar_id") REFERENCES "media"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posts" ADD CONSTRAINT "posts_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posts" ADD CONSTRAINT "posts_cover_id_fkey" FOREIGN KEY ("cover_id") REFERENCES "media"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "autosaves" ADD CONSTRAINT "autosaves_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "autosaves" ADD CONSTRAINT "autosaves_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slug_history" ADD CONSTRAINT "slug_history_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post_categories" ADD CONSTRAINT "post_categories_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post_categories" ADD CONSTRAINT "post_categories_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post_tags" ADD CONSTRAINT "post_tags_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post_tags" ADD CONSTRAINT "post_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media" ADD CONSTRAINT "media_uploader_id_fkey" FOREIGN KEY ("uploader_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media_variants" ADD CONSTRAINT "media_variants_media_id_fkey" FOREIGN KEY ("media_id") REFERENCES "media"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media_uses" ADD CONSTRAINT "media_uses_media_id_fkey" FOREIGN KEY ("media_id") REFERENCES "media"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media_uses" ADD CONSTRAINT "media_uses_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "comments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "comments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "menu_items" ADD CONSTRAINT "menu_items_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "menu_items"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "menu_items" ADD CONSTRAINT "menu_items_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "menu_items" ADD CONSTRAINT "menu_items_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "menu_items" ADD CONSTRAINT "menu_items_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbound_mail" ADD CONSTRAINT "outbound_mail_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_runs" ADD CONSTRAINT "import_runs_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Checks -------------------------------------------------------------------------------------------

ALTER TABLE users
  ADD CONSTRAINT users_email_check CHECK (email ~ '^[^@\s]+@[^@\s]+$' AND length(email) <= 254),
  ADD CONSTRAINT users_username_check CHECK (username ~ '^[a-zA-Z0-9][a-zA-Z0-9._-]*$' AND length(username) <= 60),
  ADD CONSTRAINT users_post_count_check CHECK (post_count >= 0);
ALTER TABLE sessions ADD CONSTRAINT sessions_id_hash_check CHECK (octet_length(id_hash) = 32);
ALTER TABLE tokens ADD CONSTRAINT tokens_hash_check CHECK (octet_length(hash) = 32);
ALTER TABLE posts
  ADD CONSTRAINT posts_date_check CHECK (status NOT IN ('published', 'scheduled') OR published_at IS NOT NULL),
  ADD CONSTRAINT posts_trash_check CHECK ((status = 'trashed') = (trashed_at IS NOT NULL) AND (status = 'trashed') = (trashed_from IS NOT NULL)),
  ADD CONSTRAINT posts_trashed_from_check CHECK (trashed_from IS DISTINCT FROM 'trashed'),
  ADD CONSTRAINT posts_slug_check CHECK (slug <> '' AND slug !~ '[/?#\s]' AND length(slug) <= 200),
  ADD CONSTRAINT posts_language_check CHECK (language ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$'),
  ADD CONSTRAINT posts_version_check CHECK (version > 0),
  ADD CONSTRAINT posts_comment_count_check CHECK (comment_count >= 0),
  ADD CONSTRAINT posts_sticky_check CHECK (NOT sticky OR kind = 'post');
ALTER TABLE categories
  ADD CONSTRAINT categories_slug_check CHECK (slug <> '' AND slug !~ '[/?#\s]' AND length(slug) <= 200),
  ADD CONSTRAINT categories_parent_check CHECK (parent_id IS DISTINCT FROM id),
  ADD CONSTRAINT categories_post_count_check CHECK (post_count >= 0);
ALTER TABLE tags
  ADD CONSTRAINT tags_slug_check CHECK (slug <> '' AND slug !~ '[/?#\s]' AND length(slug) <= 200),
  ADD CONSTRAINT tags_name_check CHECK (name <> '' AND name !~ ','),
  ADD CONSTRAINT tags_post_count_check CHECK (post_count >= 0);
ALTER TABLE media
  ADD CONSTRAINT media_sha256_check CHECK (upload_sha256 ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT media_size_check CHECK (width > 0 AND height > 0 AND bytes >= 0),
  ADD CONSTRAINT media_color_check CHECK (color ~ '^#[0-9a-f]{6}$');
ALTER TABLE media_variants
  ADD CONSTRAINT media_variants_size_check CHECK (width > 0 AND height > 0 AND bytes >= 0);
ALTER TABLE comments
  ADD CONSTRAINT comments_depth_check CHECK (depth BETWEEN 1 AND 3),
  ADD CONSTRAINT comments_parent_check CHECK (parent_id IS DISTINCT FROM id AND thread_id IS DISTINCT FROM id),
  ADD CONSTRAINT comments_counts_check CHECK (like_count >= 0 AND reply_count >= 0);
ALTER TABLE redirects
  ADD CONSTRAINT redirects_path_check CHECK (source LIKE '/%' AND target LIKE '/%' AND target NOT LIKE '//%' AND source <> target);
ALTER TABLE menu_items
  ADD CONSTRAINT menu_items_target_check CHECK (num_nonnulls(url, post_id, category_id, tag_id) = 1),
  ADD CONSTRAINT menu_items_parent_check CHECK (parent_id IS DISTINCT FROM id);
ALTER TABLE import_runs
  ADD CONSTRAINT import_runs_progress_check CHECK (total >= 0 AND done >= 0);

-- Indexes Prisma cannot express ---------------------------------------------------------------------

-- Every public list of posts: visible is status published or scheduled, and published_at <= now.
CREATE INDEX posts_visible_idx ON posts (published_at DESC, id DESC)
  WHERE kind = 'post' AND status IN ('published', 'scheduled');
CREATE INDEX posts_visible_author_idx ON posts (author_id, published_at DESC, id DESC)
  WHERE kind = 'post' AND status IN ('published', 'scheduled');
CREATE INDEX posts_sticky_idx ON posts (published_at DESC, id DESC)
  WHERE kind = 'post' AND sticky AND status IN ('published', 'scheduled');
CREATE INDEX posts_scheduled_idx ON posts (published_at) WHERE status = 'scheduled';
CREATE INDEX posts_search_idx ON posts USING gin (search)
  WHERE status IN ('published', 'scheduled');
CREATE INDEX posts_words_idx ON posts USING gin (public.billet_fold(title || ' ' || tag_text) public.gin_trgm_ops)
  WHERE status IN ('published', 'scheduled');
CREATE INDEX posts_renderer_idx ON posts (renderer_version, id);
CREATE INDEX comments_approved_idx ON comments (post_id, created_at, id)
  WHERE status = 'approved' AND parent_id IS NULL AND kind = 'comment';
CREATE INDEX comments_mentions_idx ON comments (post_id, created_at DESC, id DESC)
  WHERE status = 'approved' AND kind <> 'comment';
CREATE INDEX users_name_idx ON users USING gin (public.billet_fold(display_name || ' ' || username::text || ' ' || email::text) public.gin_trgm_ops);

-- Counters and tag_text, kept by the database so that no way of writing can forget them --------------

CREATE FUNCTION public.billet_post_is_counted(kind post_kind, status post_status) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT kind = 'post' AND status = 'published' $$;

-- Adds `delta` to the counters of everything a post belongs to.
CREATE FUNCTION public.billet_count_post(post integer, author integer, delta integer) RETURNS void
LANGUAGE sql AS $$
  UPDATE users SET post_count = post_count + delta WHERE id = author;
  UPDATE tags SET post_count = post_count + delta
    WHERE id IN (SELECT tag_id FROM post_tags WHERE post_id = post);
  UPDATE categories SET post_count = post_count + delta
    WHERE id IN (SELECT category_id FROM post_categories WHERE post_id = post);
$$;

CREATE FUNCTION public.billet_posts_counters() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was boolean := TG_OP <> 'INSERT' AND public.billet_post_is_counted(OLD.kind, OLD.status);
  is_now boolean := TG_OP <> 'DELETE' AND public.billet_post_is_counted(NEW.kind, NEW.status);
BEGIN
  IF was AND is_now THEN
    IF OLD.author_id IS DISTINCT FROM NEW.author_id THEN
      UPDATE users SET post_count = post_count - 1 WHERE id = OLD.author_id;
      UPDATE users SET post_count = post_count + 1 WHERE id = NEW.author_id;
    END IF;
  ELSIF was THEN
    PERFORM public.billet_count_post(OLD.id, OLD.author_id, -1);
  ELSIF is_now THEN
    PERFORM public.billet_count_post(NEW.id, NEW.author_id, 1);
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER posts_counters_write AFTER INSERT OR UPDATE OF kind, status, author_id ON posts
  FOR EACH ROW EXECUTE FUNCTION public.billet_posts_counters();
-- BEFORE, because the post's tags and categories are still there then.
CREATE TRIGGER posts_counters_delete BEFORE DELETE ON posts
  FOR EACH ROW EXECUTE FUNCTION public.billet_posts_counters();

CREATE FUNCTION public.billet_refresh_tag_text(ids integer[]) RETURNS void LANGUAGE sql AS $$
  UPDATE posts p SET tag_text = n.names
    FROM (
      SELECT q.id, COALESCE((
        SELECT string_agg(name, ' ' ORDER BY name) FROM (
          SELECT t.name::text AS name FROM post_tags pt JOIN tags t ON t.id = pt.tag_id WHERE pt.post_id = q.id
          UNION
          SELECT c.name FROM post_categories pc JOIN categories c ON c.id = pc.category_id WHERE pc.post_id = q.id
        ) labels), '') AS names
      FROM posts q WHERE q.id = ANY (ids)
    ) n
    WHERE p.id = n.id AND p.tag_text IS DISTINCT FROM n.names;
$$;

CREATE FUNCTION public.billet_post_tags_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tags SET post_count = post_count + n.delta FROM (
    SELECT ch.tag_id, count(*)::integer * (CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END) AS delta
      FROM changed ch JOIN posts p ON p.id = ch.post_id AND public.billet_post_is_counted(p.kind, p.status)
      GROUP BY ch.tag_id) n
    WHERE tags.id = n.tag_id;
  PERFORM public.billet_refresh_tag_text((SELECT array_agg(DISTINCT post_id) FROM changed));
  RETURN NULL;
END $$;
CREATE TRIGGER post_tags_insert AFTER INSERT ON post_tags REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION public.billet_post_tags_changed();
CREATE TRIGGER post_tags_delete AFTER DELETE ON post_tags REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION public.billet_post_tags_changed();

CREATE FUNCTION public.billet_post_categories_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE categories SET post_count = post_count + n.delta FROM (
    SELECT ch.category_id, count(*)::integer * (CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END) AS delta
      FROM changed ch JOIN posts p ON p.id = ch.post_id AND public.billet_post_is_counted(p.kind, p.status)
      GROUP BY ch.category_id) n
    WHERE categories.id = n.category_id;
  PERFORM public.billet_refresh_tag_text((SELECT array_agg(DISTINCT post_id) FROM changed));
  RETURN NULL;
END $$;
CREATE TRIGGER post_categories_insert AFTER INSERT ON post_categories REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION public.billet_post_categories_changed();
CREATE TRIGGER post_categories_delete AFTER DELETE ON post_categories REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION public.billet_post_categories_changed();

CREATE FUNCTION public.billet_tag_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.billet_refresh_tag_text((SELECT array_agg(post_id) FROM post_tags WHERE tag_id = NEW.id));
  RETURN NULL;
END $$;
CREATE TRIGGER tags_renamed AFTER UPDATE OF name ON tags
  FOR EACH ROW WHEN (OLD.name::text IS DISTINCT FROM NEW.name::text) EXECUTE FUNCTION public.billet_tag_renamed();

CREATE FUNCTION public.billet_category_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.billet_refresh_tag_text((SELECT array_agg(post_id) FROM post_categories WHERE category_id = NEW.id));
  RETURN NULL;
END $$;
CREATE TRIGGER categories_renamed AFTER UPDATE OF name ON categories
  FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION public.billet_category_renamed();

-- A comment counts for its post and for its parent as long as it is approved; mentions by other sites do not.
CREATE FUNCTION public.billet_comment_counters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.status = 'approved' AND OLD.kind = 'comment' THEN
    UPDATE posts SET comment_count = comment_count - 1 WHERE id = OLD.post_id;
    UPDATE comments SET reply_count = reply_count - 1 WHERE id = OLD.parent_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.status = 'approved' AND NEW.kind = 'comment' THEN
    UPDATE posts SET comment_count = comment_count + 1 WHERE id = NEW.post_id;
    UPDATE comments SET reply_count = reply_count + 1 WHERE id = NEW.parent_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER comments_counters_insert AFTER INSERT ON comments
  FOR EACH ROW EXECUTE FUNCTION public.billet_comment_counters();
CREATE TRIGGER comments_counters_update AFTER UPDATE OF status, post_id, parent_id ON comments
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.post_id IS DISTINCT FROM NEW.post_id
    OR OLD.parent_id IS DISTINCT FROM NEW.parent_id)
  EXECUTE FUNCTION public.billet_comment_counters();
CREATE TRIGGER comments_counters_delete AFTER DELETE ON comments
  FOR EACH ROW EXECUTE FUNCTION public.billet_comment_counters();
