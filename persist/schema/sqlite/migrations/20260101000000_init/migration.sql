-- CreateTable
CREATE TABLE "users" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "profiles" (
    "user_id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "display_name" TEXT NOT NULL,
    "bio" TEXT,
    "birthdate" DATETIME NOT NULL,
    "gender" TEXT NOT NULL,
    "seeks" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "latitude" REAL NOT NULL,
    "longitude" REAL NOT NULL,
    "time_zone" TEXT NOT NULL,
    CONSTRAINT "profiles_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "profile_media" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "thumb_url" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    CONSTRAINT "profile_media_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "interest_subjects" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "interests" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "subject_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    CONSTRAINT "interests_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "interest_subjects" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "user_interests" (
    "user_id" INTEGER NOT NULL,
    "interest_id" INTEGER NOT NULL,

    PRIMARY KEY ("user_id", "interest_id"),
    CONSTRAINT "user_interests_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "user_interests_interest_id_fkey" FOREIGN KEY ("interest_id") REFERENCES "interests" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "interest_dirty" (
    "interest_id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "marked_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "interest_dirty_interest_id_fkey" FOREIGN KEY ("interest_id") REFERENCES "interests" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "quizzes" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "quiz_questions" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "quiz_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "prompt" TEXT NOT NULL,
    CONSTRAINT "quiz_questions_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quizzes" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "quiz_options" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "question_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    CONSTRAINT "quiz_options_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "quiz_questions" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "quiz_answers" (
    "user_id" INTEGER NOT NULL,
    "quiz_id" INTEGER NOT NULL,
    "answers" JSONB NOT NULL,
    "score_vec" JSONB NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("user_id", "quiz_id"),
    CONSTRAINT "quiz_answers_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "quiz_answers_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quizzes" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "started_at" DATETIME NOT NULL,
    "ended_at" DATETIME NOT NULL,
    CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "posts" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "posts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "post_media" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "post_id" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "thumb_url" TEXT NOT NULL,
    CONSTRAINT "post_media_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "feed_seen" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "post_id" INTEGER NOT NULL,
    "seen_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "feed_seen_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "feed_seen_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "profile_views" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "viewer_id" INTEGER NOT NULL,
    "viewed_id" INTEGER NOT NULL,
    "viewed_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source_post_id" INTEGER,
    CONSTRAINT "profile_views_viewer_id_fkey" FOREIGN KEY ("viewer_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "profile_views_viewed_id_fkey" FOREIGN KEY ("viewed_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "profile_views_source_post_id_fkey" FOREIGN KEY ("source_post_id") REFERENCES "posts" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "likes" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "from_user_id" INTEGER NOT NULL,
    "to_user_id" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "likes_from_user_id_fkey" FOREIGN KEY ("from_user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "likes_to_user_id_fkey" FOREIGN KEY ("to_user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "liked_posts" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "post_id" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "liked_posts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "liked_posts_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "matches" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_a_id" INTEGER NOT NULL,
    "user_b_id" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "matches_user_a_id_fkey" FOREIGN KEY ("user_a_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "matches_user_b_id_fkey" FOREIGN KEY ("user_b_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "messages" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "match_id" INTEGER NOT NULL,
    "sender_id" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "sent_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "messages_match_id_fkey" FOREIGN KEY ("match_id") REFERENCES "matches" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "messages_sender_id_fkey" FOREIGN KEY ("sender_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "seed_runs" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "seed" TEXT NOT NULL,
    "start_date" DATETIME NOT NULL,
    "place_pack" TEXT NOT NULL,
    "config" TEXT NOT NULL,
    "engine_version" INTEGER NOT NULL,
    "package_version" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "profiles_through" INTEGER NOT NULL,
    "chunks" INTEGER NOT NULL,
    "last_day" INTEGER NOT NULL,
    "people" INTEGER NOT NULL,
    "digest" TEXT,
    "metrics" TEXT,
    "claimed_by" TEXT,
    "claimed_until" DATETIME,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "seed_run_segments" (
    "run_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "from_day" INTEGER NOT NULL,
    "days" INTEGER NOT NULL,
    "cohorts" TEXT NOT NULL,
    "gap" INTEGER NOT NULL,
    "bases" TEXT NOT NULL,
    "inputs" TEXT NOT NULL,

    PRIMARY KEY ("run_id", "position"),
    CONSTRAINT "seed_run_segments_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "seed_runs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "seed_run_days" (
    "run_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "chunk" INTEGER NOT NULL,
    "table_name" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "first_id" INTEGER NOT NULL,
    "last_id" INTEGER NOT NULL,
    "fact_digest" TEXT,
    "content_digest" TEXT NOT NULL,
    "markets" TEXT,

    PRIMARY KEY ("run_id", "day", "chunk", "table_name"),
    CONSTRAINT "seed_run_days_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "seed_runs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "seed_people" (
    "run_id" INTEGER NOT NULL,
    "k" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "archetype" TEXT NOT NULL,
    "sociability" REAL NOT NULL,
    "selectivity" REAL NOT NULL,
    "engagement" REAL NOT NULL,
    "joined_day" INTEGER NOT NULL,
    "lifecycle" TEXT NOT NULL,
    "flags" INTEGER NOT NULL,

    PRIMARY KEY ("run_id", "k"),
    CONSTRAINT "seed_people_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "seed_runs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "match_scores" (
    "user_id" INTEGER NOT NULL,
    "candidate_id" INTEGER NOT NULL,
    "score" REAL NOT NULL,
    "quiz_score" REAL NOT NULL,
    "interest_score" REAL NOT NULL,
    "distance_km" REAL NOT NULL,
    "computed_at" DATETIME NOT NULL,

    PRIMARY KEY ("user_id", "candidate_id"),
    CONSTRAINT "match_scores_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "match_scores_candidate_id_fkey" FOREIGN KEY ("candidate_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "interest_relationships" (
    "interest_id" INTEGER NOT NULL,
    "related_id" INTEGER NOT NULL,
    "shared_users" INTEGER NOT NULL,
    "score" REAL NOT NULL,
    "computed_at" DATETIME NOT NULL,

    PRIMARY KEY ("interest_id", "related_id"),
    CONSTRAINT "interest_relationships_interest_id_fkey" FOREIGN KEY ("interest_id") REFERENCES "interests" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "interest_relationships_related_id_fkey" FOREIGN KEY ("related_id") REFERENCES "interests" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "searchable_users" (
    "user_id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "display_name" TEXT NOT NULL,
    "age" INTEGER NOT NULL,
    "gender" TEXT NOT NULL,
    "seeks" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "latitude" REAL NOT NULL,
    "longitude" REAL NOT NULL,
    "has_bio" BOOLEAN NOT NULL,
    "photos" INTEGER NOT NULL,
    "interest_count" INTEGER NOT NULL,
    "last_active_at" DATETIME,
    "computed_at" DATETIME NOT NULL,
    CONSTRAINT "searchable_users_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "quiz_answer_stats" (
    "quiz_id" INTEGER NOT NULL,
    "question_id" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "answers" INTEGER NOT NULL,
    "share" REAL NOT NULL,
    "computed_at" DATETIME NOT NULL,

    PRIMARY KEY ("question_id", "value"),
    CONSTRAINT "quiz_answer_stats_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quizzes" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "quiz_answer_stats_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "quiz_questions" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "user_traits" (
    "user_id" INTEGER NOT NULL,
    "trait" TEXT NOT NULL,
    "value" REAL NOT NULL,
    "computed_at" DATETIME NOT NULL,

    PRIMARY KEY ("user_id", "trait"),
    CONSTRAINT "user_traits_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "trending_posts" (
    "post_id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "views" INTEGER NOT NULL,
    "likes" INTEGER NOT NULL,
    "score" REAL NOT NULL,
    "computed_at" DATETIME NOT NULL,
    CONSTRAINT "trending_posts_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "trending_interests" (
    "interest_id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "users" INTEGER NOT NULL,
    "posts" INTEGER NOT NULL,
    "score" REAL NOT NULL,
    "computed_at" DATETIME NOT NULL,
    CONSTRAINT "trending_interests_interest_id_fkey" FOREIGN KEY ("interest_id") REFERENCES "interests" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "profiles_country_state_city_idx" ON "profiles"("country", "state", "city");

-- CreateIndex
CREATE UNIQUE INDEX "profile_media_user_id_position_key" ON "profile_media"("user_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "interest_subjects_name_key" ON "interest_subjects"("name");

-- CreateIndex
CREATE UNIQUE INDEX "interests_name_key" ON "interests"("name");

-- CreateIndex
CREATE INDEX "interests_subject_id_idx" ON "interests"("subject_id");

-- CreateIndex
CREATE INDEX "user_interests_interest_id_idx" ON "user_interests"("interest_id");

-- CreateIndex
CREATE UNIQUE INDEX "quizzes_slug_key" ON "quizzes"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "quiz_questions_quiz_id_position_key" ON "quiz_questions"("quiz_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "quiz_options_question_id_position_key" ON "quiz_options"("question_id", "position");

-- CreateIndex
CREATE INDEX "quiz_answers_quiz_id_idx" ON "quiz_answers"("quiz_id");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "posts_user_id_idx" ON "posts"("user_id");

-- CreateIndex
CREATE INDEX "posts_created_at_idx" ON "posts"("created_at");

-- CreateIndex
CREATE INDEX "post_media_post_id_idx" ON "post_media"("post_id");

-- CreateIndex
CREATE UNIQUE INDEX "feed_seen_post_id_user_id_key" ON "feed_seen"("post_id", "user_id");

-- CreateIndex
CREATE INDEX "profile_views_viewed_id_idx" ON "profile_views"("viewed_id");

-- CreateIndex
CREATE INDEX "likes_to_user_id_idx" ON "likes"("to_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "likes_from_user_id_to_user_id_key" ON "likes"("from_user_id", "to_user_id");

-- CreateIndex
CREATE INDEX "liked_posts_post_id_idx" ON "liked_posts"("post_id");

-- CreateIndex
CREATE UNIQUE INDEX "liked_posts_user_id_post_id_key" ON "liked_posts"("user_id", "post_id");

-- CreateIndex
CREATE INDEX "matches_user_b_id_idx" ON "matches"("user_b_id");

-- CreateIndex
CREATE UNIQUE INDEX "matches_user_a_id_user_b_id_key" ON "matches"("user_a_id", "user_b_id");

-- CreateIndex
CREATE INDEX "messages_match_id_idx" ON "messages"("match_id");

-- CreateIndex
CREATE UNIQUE INDEX "seed_runs_seed_key" ON "seed_runs"("seed");

-- CreateIndex
CREATE INDEX "match_scores_user_id_score_idx" ON "match_scores"("user_id", "score");

-- CreateIndex
CREATE INDEX "match_scores_candidate_id_idx" ON "match_scores"("candidate_id");

-- CreateIndex
CREATE INDEX "interest_relationships_related_id_idx" ON "interest_relationships"("related_id");

-- CreateIndex
CREATE INDEX "searchable_users_gender_age_idx" ON "searchable_users"("gender", "age");

-- CreateIndex
CREATE INDEX "searchable_users_country_state_city_idx" ON "searchable_users"("country", "state", "city");

-- CreateIndex
CREATE INDEX "quiz_answer_stats_quiz_id_idx" ON "quiz_answer_stats"("quiz_id");

-- CreateIndex
CREATE INDEX "trending_posts_score_idx" ON "trending_posts"("score");

-- CreateIndex
CREATE INDEX "trending_interests_score_idx" ON "trending_interests"("score");
