-- DropIndex
DROP INDEX "match_scores_user_id_score_idx";

-- CreateTable
CREATE TABLE "seed_jobs" (
    "job" TEXT NOT NULL,
    "as_of" DATETIME NOT NULL,

    PRIMARY KEY ("job", "as_of")
);
