package org.scibert.function;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Headless Chromium on the function's page. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final Path downloads;
    private final Path profile;

    private Browser(ChromeDriver driver, Path downloads, Path profile) {
        this.driver = driver;
        this.downloads = downloads;
        this.profile = profile;
    }

    /** Where Chromium and its driver are, if both are on the PATH. */
    static boolean isThere() {
        return program("chromedriver").isPresent() && program("chromium", "google-chrome").isPresent();
    }

    /** @param folder for the profile and for what is downloaded */
    static Browser open(URI page, Path folder, int width, boolean dark) throws IOException {
        Path downloads = Files.createDirectories(folder.resolve("downloads"));
        ChromeOptions options = new ChromeOptions();
        Path profile = folder.resolve("profile");
        options.setBinary(program("chromium", "google-chrome").orElseThrow().toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--user-data-dir=" + profile, "--window-size=" + width + ",900",
                "--lang=en", "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1));
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow().toFile())
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        // A headless window is at least 500 pixels wide; the page may be narrower.
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.get(page.toString());
        return new Browser(driver, downloads, profile);
    }

    WebElement find(String css) {
        return await(css + " to be shown", () -> driver.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst());
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    void click(String css) {
        find(css).click();
    }

    /** Types into what has the focus. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void type(String css, String text) {
        WebElement element = find(css);
        element.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        element.sendKeys(text);
    }

    /** Gives a file to a file input, which may be invisible. */
    void choose(String css, Path file) {
        driver.findElement(By.cssSelector(css)).sendKeys(file.toAbsolutePath().toString());
    }

    String text(String css) {
        return find(css).getText();
    }

    /** Waits for an element to say something. */
    void awaitText(String css, String part) {
        await(css + " to say \"" + part + "\"", () -> all(css).stream()
                .filter(element -> element.getText().contains(part))
                .findFirst());
    }

    void awaitEnabled(String css) {
        await(css + " to be enabled", () -> all(css).stream().filter(WebElement::isEnabled).findFirst());
    }

    void reload() {
        driver.navigate().refresh();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    void acceptDialog() {
        driver.switchTo().alert().accept();
    }

    /**
     * A file that the page gave to save, once it is whole: the browser reserves the name with an empty file, writes
     * beside it, and renames.
     */
    String downloaded(String name) throws IOException {
        Path file = downloads.resolve(name);
        return Files.readString(await(name + " to be downloaded",
                () -> file.toFile().length() > 0 ? Optional.of(file) : Optional.empty()));
    }

    /** What the browser complained of since it was asked last: errors, warnings, refusals of the policy. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** Violations of WCAG 2.2 AA that axe-core finds in what is shown, with the elements. */
    @SuppressWarnings("unchecked")
    List<String> axeViolations() throws IOException {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<String>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
                axe.run(document, {runOnly: rules}).then(found => done(found.violations.flatMap(
                  v => v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ' ' + n.failureSummary))));
                """);
    }

    /** What the window shows from its top to the end of the page, as PNG. */
    byte[] picture() {
        long height = ((Number) driver.executeScript("return document.documentElement.scrollHeight")).longValue();
        long width = ((Number) driver.executeScript("return window.innerWidth")).longValue();
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** Ends the browser as a crash does, without a chance to save anything. */
    void kill() {
        ProcessHandle.current().descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(profile.toString()))
                .forEach(ProcessHandle::destroyForcibly);
        driver.quit();
    }

    private <T> T await(String what, Supplier<Optional<T>> condition) {
        return new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> "waited for " + what + " on:\n" + driver.findElement(By.tagName("body")).getText())
                .ignoring(StaleElementReferenceException.class)
                .until(d -> condition.get().orElse(null));
    }

    private static Optional<Path> program(String... names) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(names).map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
