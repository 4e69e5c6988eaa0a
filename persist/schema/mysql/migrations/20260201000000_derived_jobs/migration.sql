-- DropIndex
DROP INDEX `match_scores_user_id_score_idx` ON `match_scores`;

-- CreateTable
CREATE TABLE `seed_jobs` (
    `job` VARCHAR(191) NOT NULL,
    `as_of` DATETIME(3) NOT NULL,

    PRIMARY KEY (`job`,`as_of`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
