-- CreateTable
CREATE TABLE `users` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `email` VARCHAR(191) NOT NULL,
    `password_hash` VARCHAR(191) NOT NULL,
    `created_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `profiles` (
    `user_id` BIGINT NOT NULL,
    `display_name` VARCHAR(191) NOT NULL,
    `bio` TEXT,
    `birthdate` DATE NOT NULL,
    `gender` ENUM('woman', 'man', 'nonbinary') NOT NULL,
    `seeks` VARCHAR(191) NOT NULL,
    `intent` ENUM('relationship', 'dating', 'casual', 'friends') NOT NULL,
    `city` VARCHAR(191) NOT NULL,
    `state` VARCHAR(191) NOT NULL,
    `country` VARCHAR(191) NOT NULL,
    `latitude` DOUBLE NOT NULL,
    `longitude` DOUBLE NOT NULL,
    `time_zone` VARCHAR(191) NOT NULL,

    PRIMARY KEY (`user_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `profile_media` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `user_id` BIGINT NOT NULL,
    `url` VARCHAR(191) NOT NULL,
    `thumb_url` VARCHAR(191) NOT NULL,
    `position` INTEGER NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `interest_subjects` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `name` VARCHAR(191) NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `interests` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `subject_id` BIGINT NOT NULL,
    `name` VARCHAR(191) NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `user_interests` (
    `user_id` BIGINT NOT NULL,
    `interest_id` BIGINT NOT NULL,

    PRIMARY KEY (`user_id`,`interest_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `interest_dirty` (
    `interest_id` BIGINT NOT NULL,
    `marked_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),

    PRIMARY KEY (`interest_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `quizzes` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `slug` VARCHAR(191) NOT NULL,
    `title` VARCHAR(191) NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `quiz_questions` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `quiz_id` BIGINT NOT NULL,
    `position` INTEGER NOT NULL,
    `prompt` TEXT NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `quiz_options` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `question_id` BIGINT NOT NULL,
    `position` INTEGER NOT NULL,
    `value` VARCHAR(191) NOT NULL,
    `label` TEXT NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `quiz_answers` (
    `user_id` BIGINT NOT NULL,
    `quiz_id` BIGINT NOT NULL,
    `answers` JSON NOT NULL,
    `score_vec` JSON NOT NULL,
    `created_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),

    PRIMARY KEY (`user_id`,`quiz_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `sessions` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `user_id` BIGINT NOT NULL,
    `started_at` DATETIME(3) NOT NULL,
    `ended_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `posts` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `user_id` BIGINT NOT NULL,
    `text` TEXT NOT NULL,
    `created_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `post_media` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `post_id` BIGINT NOT NULL,
    `url` VARCHAR(191) NOT NULL,
    `thumb_url` VARCHAR(191) NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `feed_seen` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `user_id` BIGINT NOT NULL,
    `post_id` BIGINT NOT NULL,
    `seen_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `profile_views` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `viewer_id` BIGINT NOT NULL,
    `viewed_id` BIGINT NOT NULL,
    `viewed_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    `source_post_id` BIGINT,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `likes` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `from_user_id` BIGINT NOT NULL,
    `to_user_id` BIGINT NOT NULL,
    `action` ENUM('LIKE', 'DISLIKE') NOT NULL,
    `created_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `liked_posts` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `user_id` BIGINT NOT NULL,
    `post_id` BIGINT NOT NULL,
    `created_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `matches` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `user_a_id` BIGINT NOT NULL,
    `user_b_id` BIGINT NOT NULL,
    `created_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `messages` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `match_id` BIGINT NOT NULL,
    `sender_id` BIGINT NOT NULL,
    `body` TEXT NOT NULL,
    `sent_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `seed_runs` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `seed` VARCHAR(191) NOT NULL,
    `start_date` DATE NOT NULL,
    `place_pack` VARCHAR(191) NOT NULL,
    `config` TEXT NOT NULL,
    `engine_version` INTEGER NOT NULL,
    `package_version` VARCHAR(191) NOT NULL,
    `status` VARCHAR(191) NOT NULL,
    `profiles_through` INTEGER NOT NULL,
    `chunks` INTEGER NOT NULL,
    `last_day` INTEGER NOT NULL,
    `people` INTEGER NOT NULL,
    `digest` VARCHAR(191),
    `metrics` TEXT,
    `claimed_by` VARCHAR(191),
    `claimed_until` DATETIME(3),
    `created_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    `updated_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `seed_run_segments` (
    `run_id` BIGINT NOT NULL,
    `position` INTEGER NOT NULL,
    `from_day` INTEGER NOT NULL,
    `days` INTEGER NOT NULL,
    `cohorts` TEXT NOT NULL,
    `gap` INTEGER NOT NULL,
    `bases` TEXT NOT NULL,
    `inputs` TEXT NOT NULL,

    PRIMARY KEY (`run_id`,`position`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `seed_run_days` (
    `run_id` BIGINT NOT NULL,
    `day` INTEGER NOT NULL,
    `chunk` INTEGER NOT NULL,
    `table_name` VARCHAR(191) NOT NULL,
    `rows` INTEGER NOT NULL,
    `first_id` BIGINT NOT NULL,
    `last_id` BIGINT NOT NULL,
    `fact_digest` VARCHAR(191),
    `content_digest` VARCHAR(191) NOT NULL,
    `markets` TEXT,

    PRIMARY KEY (`run_id`,`day`,`chunk`,`table_name`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `seed_people` (
    `run_id` BIGINT NOT NULL,
    `k` INTEGER NOT NULL,
    `user_id` BIGINT NOT NULL,
    `archetype` VARCHAR(191) NOT NULL,
    `sociability` DOUBLE NOT NULL,
    `selectivity` DOUBLE NOT NULL,
    `engagement` DOUBLE NOT NULL,
    `joined_day` INTEGER NOT NULL,
    `lifecycle` VARCHAR(191) NOT NULL,
    `flags` INTEGER NOT NULL,

    PRIMARY KEY (`run_id`,`k`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `match_scores` (
    `user_id` BIGINT NOT NULL,
    `candidate_id` BIGINT NOT NULL,
    `score` DOUBLE NOT NULL,
    `quiz_score` DOUBLE NOT NULL,
    `interest_score` DOUBLE NOT NULL,
    `distance_km` DOUBLE NOT NULL,
    `computed_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`user_id`,`candidate_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `interest_relationships` (
    `interest_id` BIGINT NOT NULL,
    `related_id` BIGINT NOT NULL,
    `shared_users` INTEGER NOT NULL,
    `score` DOUBLE NOT NULL,
    `computed_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`interest_id`,`related_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `searchable_users` (
    `user_id` BIGINT NOT NULL,
    `display_name` VARCHAR(191) NOT NULL,
    `age` INTEGER NOT NULL,
    `gender` ENUM('woman', 'man', 'nonbinary') NOT NULL,
    `seeks` VARCHAR(191) NOT NULL,
    `intent` ENUM('relationship', 'dating', 'casual', 'friends') NOT NULL,
    `city` VARCHAR(191) NOT NULL,
    `state` VARCHAR(191) NOT NULL,
    `country` VARCHAR(191) NOT NULL,
    `latitude` DOUBLE NOT NULL,
    `longitude` DOUBLE NOT NULL,
    `has_bio` BOOLEAN NOT NULL,
    `photos` INTEGER NOT NULL,
    `interest_count` INTEGER NOT NULL,
    `last_active_at` DATETIME(3),
    `computed_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`user_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `quiz_answer_stats` (
    `quiz_id` BIGINT NOT NULL,
    `question_id` BIGINT NOT NULL,
    `value` VARCHAR(191) NOT NULL,
    `answers` INTEGER NOT NULL,
    `share` DOUBLE NOT NULL,
    `computed_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`question_id`,`value`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `user_traits` (
    `user_id` BIGINT NOT NULL,
    `trait` VARCHAR(191) NOT NULL,
    `value` DOUBLE NOT NULL,
    `computed_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`user_id`,`trait`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `trending_posts` (
    `post_id` BIGINT NOT NULL,
    `views` INTEGER NOT NULL,
    `likes` INTEGER NOT NULL,
    `score` DOUBLE NOT NULL,
    `computed_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`post_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `trending_interests` (
    `interest_id` BIGINT NOT NULL,
    `users` INTEGER NOT NULL,
    `posts` INTEGER NOT NULL,
    `score` DOUBLE NOT NULL,
    `computed_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`interest_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateIndex
CREATE UNIQUE INDEX `users_email_key` ON `users`(`email`);

-- CreateIndex
CREATE INDEX `profiles_country_state_city_idx` ON `profiles`(`country`, `state`, `city`);

-- CreateIndex
CREATE UNIQUE INDEX `profile_media_user_id_position_key` ON `profile_media`(`user_id`, `position`);

-- CreateIndex
CREATE UNIQUE INDEX `interest_subjects_name_key` ON `interest_subjects`(`name`);

-- CreateIndex
CREATE UNIQUE INDEX `interests_name_key` ON `interests`(`name`);

-- CreateIndex
CREATE INDEX `interests_subject_id_idx` ON `interests`(`subject_id`);

-- CreateIndex
CREATE INDEX `user_interests_interest_id_idx` ON `user_interests`(`interest_id`);

-- CreateIndex
CREATE UNIQUE INDEX `quizzes_slug_key` ON `quizzes`(`slug`);

-- CreateIndex
CREATE UNIQUE INDEX `quiz_questions_quiz_id_position_key` ON `quiz_questions`(`quiz_id`, `position`);

-- CreateIndex
CREATE UNIQUE INDEX `quiz_options_question_id_position_key` ON `quiz_options`(`question_id`, `position`);

-- CreateIndex
CREATE INDEX `quiz_answers_quiz_id_idx` ON `quiz_answers`(`quiz_id`);

-- CreateIndex
CREATE INDEX `sessions_user_id_idx` ON `sessions`(`user_id`);

-- CreateIndex
CREATE INDEX `posts_user_id_idx` ON `posts`(`user_id`);

-- CreateIndex
CREATE INDEX `posts_created_at_idx` ON `posts`(`created_at`);

-- CreateIndex
CREATE INDEX `post_media_post_id_idx` ON `post_media`(`post_id`);

-- CreateIndex
CREATE UNIQUE INDEX `feed_seen_post_id_user_id_key` ON `feed_seen`(`post_id`, `user_id`);

-- CreateIndex
CREATE INDEX `profile_views_viewed_id_idx` ON `profile_views`(`viewed_id`);

-- CreateIndex
CREATE INDEX `likes_to_user_id_idx` ON `likes`(`to_user_id`);

-- CreateIndex
CREATE UNIQUE INDEX `likes_from_user_id_to_user_id_key` ON `likes`(`from_user_id`, `to_user_id`);

-- CreateIndex
CREATE INDEX `liked_posts_post_id_idx` ON `liked_posts`(`post_id`);

-- CreateIndex
CREATE UNIQUE INDEX `liked_posts_user_id_post_id_key` ON `liked_posts`(`user_id`, `post_id`);

-- CreateIndex
CREATE INDEX `matches_user_b_id_idx` ON `matches`(`user_b_id`);

-- CreateIndex
CREATE UNIQUE INDEX `matches_user_a_id_user_b_id_key` ON `matches`(`user_a_id`, `user_b_id`);

-- CreateIndex
CREATE INDEX `messages_match_id_idx` ON `messages`(`match_id`);

-- CreateIndex
CREATE UNIQUE INDEX `seed_runs_seed_key` ON `seed_runs`(`seed`);

-- CreateIndex
CREATE INDEX `match_scores_user_id_score_idx` ON `match_scores`(`user_id`, `score`);

-- CreateIndex
CREATE INDEX `match_scores_candidate_id_idx` ON `match_scores`(`candidate_id`);

-- CreateIndex
CREATE INDEX `interest_relationships_related_id_idx` ON `interest_relationships`(`related_id`);

-- CreateIndex
CREATE INDEX `searchable_users_gender_age_idx` ON `searchable_users`(`gender`, `age`);

-- CreateIndex
CREATE INDEX `searchable_users_country_state_city_idx` ON `searchable_users`(`country`, `state`, `city`);

-- CreateIndex
CREATE INDEX `quiz_answer_stats_quiz_id_idx` ON `quiz_answer_stats`(`quiz_id`);

-- CreateIndex
CREATE INDEX `trending_posts_score_idx` ON `trending_posts`(`score`);

-- CreateIndex
CREATE INDEX `trending_interests_score_idx` ON `trending_interests`(`score`);

-- AddForeignKey
ALTER TABLE `profiles` ADD CONSTRAINT `profiles_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `profile_media` ADD CONSTRAINT `profile_media_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `interests` ADD CONSTRAINT `interests_subject_id_fkey` FOREIGN KEY (`subject_id`) REFERENCES `interest_subjects`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `user_interests` ADD CONSTRAINT `user_interests_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `user_interests` ADD CONSTRAINT `user_interests_interest_id_fkey` FOREIGN KEY (`interest_id`) REFERENCES `interests`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `interest_dirty` ADD CONSTRAINT `interest_dirty_interest_id_fkey` FOREIGN KEY (`interest_id`) REFERENCES `interests`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `quiz_questions` ADD CONSTRAINT `quiz_questions_quiz_id_fkey` FOREIGN KEY (`quiz_id`) REFERENCES `quizzes`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `quiz_options` ADD CONSTRAINT `quiz_options_question_id_fkey` FOREIGN KEY (`question_id`) REFERENCES `quiz_questions`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `quiz_answers` ADD CONSTRAINT `quiz_answers_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `quiz_answers` ADD CONSTRAINT `quiz_answers_quiz_id_fkey` FOREIGN KEY (`quiz_id`) REFERENCES `quizzes`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `sessions` ADD CONSTRAINT `sessions_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `posts` ADD CONSTRAINT `posts_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `post_media` ADD CONSTRAINT `post_media_post_id_fkey` FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `feed_seen` ADD CONSTRAINT `feed_seen_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `feed_seen` ADD CONSTRAINT `feed_seen_post_id_fkey` FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `profile_views` ADD CONSTRAINT `profile_views_viewer_id_fkey` FOREIGN KEY (`viewer_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `profile_views` ADD CONSTRAINT `profile_views_viewed_id_fkey` FOREIGN KEY (`viewed_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `profile_views` ADD CONSTRAINT `profile_views_source_post_id_fkey` FOREIGN KEY (`source_post_id`) REFERENCES `posts`(`id`) ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `likes` ADD CONSTRAINT `likes_from_user_id_fkey` FOREIGN KEY (`from_user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `likes` ADD CONSTRAINT `likes_to_user_id_fkey` FOREIGN KEY (`to_user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `liked_posts` ADD CONSTRAINT `liked_posts_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `liked_posts` ADD CONSTRAINT `liked_posts_post_id_fkey` FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `matches` ADD CONSTRAINT `matches_user_a_id_fkey` FOREIGN KEY (`user_a_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `matches` ADD CONSTRAINT `matches_user_b_id_fkey` FOREIGN KEY (`user_b_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `messages` ADD CONSTRAINT `messages_match_id_fkey` FOREIGN KEY (`match_id`) REFERENCES `matches`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `messages` ADD CONSTRAINT `messages_sender_id_fkey` FOREIGN KEY (`sender_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `seed_run_segments` ADD CONSTRAINT `seed_run_segments_run_id_fkey` FOREIGN KEY (`run_id`) REFERENCES `seed_runs`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `seed_run_days` ADD CONSTRAINT `seed_run_days_run_id_fkey` FOREIGN KEY (`run_id`) REFERENCES `seed_runs`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `seed_people` ADD CONSTRAINT `seed_people_run_id_fkey` FOREIGN KEY (`run_id`) REFERENCES `seed_runs`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `match_scores` ADD CONSTRAINT `match_scores_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `match_scores` ADD CONSTRAINT `match_scores_candidate_id_fkey` FOREIGN KEY (`candidate_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `interest_relationships` ADD CONSTRAINT `interest_relationships_interest_id_fkey` FOREIGN KEY (`interest_id`) REFERENCES `interests`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `interest_relationships` ADD CONSTRAINT `interest_relationships_related_id_fkey` FOREIGN KEY (`related_id`) REFERENCES `interests`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `searchable_users` ADD CONSTRAINT `searchable_users_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `quiz_answer_stats` ADD CONSTRAINT `quiz_answer_stats_quiz_id_fkey` FOREIGN KEY (`quiz_id`) REFERENCES `quizzes`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `quiz_answer_stats` ADD CONSTRAINT `quiz_answer_stats_question_id_fkey` FOREIGN KEY (`question_id`) REFERENCES `quiz_questions`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `user_traits` ADD CONSTRAINT `user_traits_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `trending_posts` ADD CONSTRAINT `trending_posts_post_id_fkey` FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `trending_interests` ADD CONSTRAINT `trending_interests_interest_id_fkey` FOREIGN KEY (`interest_id`) REFERENCES `interests`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;
