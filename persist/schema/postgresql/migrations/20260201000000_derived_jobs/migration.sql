-- DropIndex
DROP INDEX "match_scores_user_id_score_idx";

-- CreateTable
CREATE TABLE "seed_jobs" (
    "job" TEXT NOT NULL,
    "as_of" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "seed_jobs_pkey" PRIMARY KEY ("job","as_of")
);
