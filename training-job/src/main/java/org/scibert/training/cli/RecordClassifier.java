package org.scibert.training.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.Windows;
import org.scibert.io.IoConsumer;
import org.scibert.io.Text;
import org.scibert.text.Encoding;
import org.scibert.training.records.BadRecordException;
import org.scibert.training.records.SourceRecord;
import org.scibert.training.rows.RowFile;

/**
 * Classifies the records of a file, some hundred at a time, so that memory does not grow with the file. A record that
 * can't be read or has no text costs the others nothing.
 */
final class RecordClassifier {
    static final String NO_TEXT = "no text";

    /**
     * Longest text that is classified, in characters: more than a thick book has, and as much as the function takes.
     */
    static final int MOST_CHARACTERS = 1_000_000;

    /** Records classified at once: sorting by length within so many makes batches nearly free of padding. */
    private static final int CHUNK = 512;

    /** Characters of the records that are in memory at once, but for the last one's. */
    private static final int CHUNK_CHARACTERS = 4_000_000;

    private final RowFile file;
    private final Classifier classifier;
    private final boolean inWindows;
    private final boolean strict;

    /**
     * @param inWindows whether the end of a long text is read in windows, or cut
     * @param strict whether a record that can't be classified ends the run
     */
    RecordClassifier(RowFile file, Classifier classifier, boolean inWindows, boolean strict) {
        this.file = file;
        this.classifier = classifier;
        this.inWindows = inWindows;
        this.strict = strict;
    }

    /**
     * A record and what the model says of it.
     *
     * @param readable whether it is a record of the file's format
     * @param found empty if the record can't be classified
     * @param windows that its text was read in
     * @param error why it can't be classified; empty if it was
     */
    record Classified(
            SourceRecord record, boolean readable, String id, Optional<Classification> found, int windows,
            String error) {}

    /** A record that was read, before it is classified. */
    private record Candidate(SourceRecord record, boolean readable, String id, Optional<String> text, String error) {}

    /** What is read of a text. */
    private record Answer(Classification found, int windows) {}

    /**
     * Classifies all records in the file's order.
     *
     * @param progress gets the number of records that are done, after each chunk
     * @throws BadRecordException if it is strict and a record can't be classified
     */
    void run(IoConsumer<Classified> consumer, IntConsumer progress) throws IOException {
        int done = 0;
        for (List<Candidate> chunk = next(); !chunk.isEmpty(); chunk = next()) {
            Iterator<Optional<Answer>> answers = answers(chunk).iterator();
            for (Candidate candidate : chunk) {
                Optional<Answer> answer = candidate.text.flatMap(text -> answers.next());
                String error = answer.isPresent() ? "" : candidate.text.isPresent() ? NO_TEXT : candidate.error;
                if (strict && error.equals(NO_TEXT)) {
                    throw file.bad(
                            candidate.record, "it has no text; add one, or leave --strict out to go on without it");
                }
                consumer.accept(new Classified(
                        candidate.record, candidate.readable, candidate.id, answer.map(Answer::found),
                        answer.map(Answer::windows).orElse(0), error));
            }
            done += chunk.size();
            progress.accept(done);
        }
    }

    private List<Candidate> next() throws IOException {
        List<Candidate> chunk = new ArrayList<>(CHUNK);
        int characters = 0;
        while (chunk.size() < CHUNK && characters < CHUNK_CHARACTERS) {
            Candidate candidate = candidate();
            if (candidate == null) {
                break;
            }
            chunk.add(candidate);
            characters += Math.max(
                    candidate.record.raw().length(), candidate.text.map(String::length).orElse(0));
        }
        return chunk;
    }

    /** The next record; null after the last one. */
    private Candidate candidate() throws IOException {
        SourceRecord record = null;
        try {
            record = file.next();
            if (record == null) {
                return null;
            }
            String id = file.id(record);
            Optional<String> text = file.text(record);
            if (text.isPresent() && text.get().length() > MOST_CHARACTERS) {
                throw file.bad(record, Text.format("its text has %s characters, more than %s; shorten it",
                        text.get().length(), MOST_CHARACTERS));
            }
            return new Candidate(record, true, id, text, text.isPresent() ? "" : NO_TEXT);
        } catch (BadRecordException e) {
            if (strict) {
                throw e;
            }
            return new Candidate(
                    e.record(), record != null, Integer.toString(e.record().line()), Optional.empty(), e.reason());
        }
    }

    /** The answer for each text; empty for one of which the tokenizer leaves nothing. */
    private List<Optional<Answer>> answers(List<Candidate> chunk) {
        int maxTokens = classifier.config().maxTokens();
        List<String> texts = chunk.stream().flatMap(candidate -> candidate.text.stream()).toList();
        List<Encoding> encodings = classifier.tokenizer().encode(texts, inWindows ? Integer.MAX_VALUE : maxTokens);
        List<String> present = new ArrayList<>();
        List<Encoding> encoded = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!encodings.get(i).isBlank()) {
                present.add(texts.get(i));
                encoded.add(encodings.get(i));
            }
        }
        Iterator<Answer> found =
                (inWindows ? inWindows(present, encoded, maxTokens) : cut(present, encoded)).iterator();
        return encodings.stream()
                .map(encoding -> encoding.isBlank() ? Optional.<Answer>empty() : Optional.of(found.next()))
                .toList();
    }

    private List<Answer> cut(List<String> texts, List<Encoding> encodings) {
        return classifier.classify(texts, encodings).stream().map(found -> new Answer(found, 1)).toList();
    }

    private List<Answer> inWindows(List<String> texts, List<Encoding> encodings, int maxTokens) {
        Windows windows = Windows.of(encodings, maxTokens);
        List<float[]> logits = classifier.blended(texts, windows.join(
                classifier.logits(windows.all(), () -> { }), classifier.config().network().task()));
        List<Answer> answers = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            int tokens = encodings.get(i).total();
            Classification found =
                    new Classification(classifier.config().rule().decide(logits.get(i)), logits.get(i), tokens, tokens);
            answers.add(new Answer(found, windows.count(i)));
        }
        return answers;
    }
}
