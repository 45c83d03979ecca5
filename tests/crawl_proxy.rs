//! Proxies: by flag, settings file and environment, against one on loopback.
#![allow(clippy::expect_used)]

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/program.rs"]
mod program;
#[path = "common/site.rs"]
mod site;

use article::article;
use common::{Bench, Done};
use site::{Site, is_probe, reply};

const VARIABLES: &[&str] =
    &["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"];

/// A proxy that answers for news.example, to those who name themselves.
fn proxy() -> Site {
    Site::serve(|asked, stream| {
        // me:s3cret
        if asked.header("proxy-authorization") != "Basic bWU6czNjcmV0" {
            return reply(stream, 407, &[("Proxy-Authenticate", "Basic realm=\"x\"")], b"who is it?");
        }
        match asked.path.strip_prefix("http://news.example") {
            Some("/a") => reply(stream, 200, &[("Content-Type", "text/html")], article(3).as_bytes()),
            Some(path) if !is_probe(path) => reply(stream, 404, &[], b""),
            _ => reply(stream, 404, &[], b""),
        }
    })
}

fn crawl(bench: &Bench, args: &[&str], variables: &[(&str, String)]) -> Done {
    let mut command = bench.command(&["crawl", "-v"]);
    command.args(args);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.envs(variables.iter().map(|(n, v)| (*n, v.as_str())));
    Done::of(&command.output().expect("the program runs"))
}

fn bench(more: &str) -> Bench {
    let bench = Bench::new();
    let quick = "[crawl]\nallow_private = [\"127.0.0.1\"]\ndelay = 0\ntries = 1\nretry = 0\npatience = 0\n";
    bench.write("tapecheck.toml", format!("{quick}{more}"));
    bench
}

#[test]
fn a_proxy_is_used_by_flag_settings_and_environment_and_its_password_is_shown_nowhere() {
    let proxy = proxy();
    let address = format!("http://me:s3cret@{}", proxy.address);
    let url = "http://news.example/a";
    let in_file = format!("proxy = \"{address}\"\n");
    for (name, file, args, variables) in [
        ("flag", "", vec![url, "--proxy", &address], vec![]),
        ("settings", in_file.as_str(), vec![url], vec![]),
        ("own variable", "", vec![url], vec![("TAPECHECK_PROXY", address.clone())]),
        ("usual variable", "", vec![url], vec![("http_proxy", address.clone())]),
        ("for all", "", vec![url], vec![("ALL_PROXY", address.clone())]),
        ("flag first", "proxy = \"http://127.0.0.1:9\"\n", vec![url, "--proxy", &address], vec![]),
    ] {
        let bench = bench(file);
        let done = crawl(&bench, &args, &variables).expect(0);
        assert!(done.err.contains("stored: 1 new documents"), "{name}: {}", done.err);
        assert!(!done.err.contains("s3cret") && !done.out.contains("s3cret"), "{name}: {}", done.err);
        assert_eq!(bench.run(&["search", "--in", "documents"]).expect(0).records().len(), 1, "{name}");
        let mut command = bench.command(&["config"]);
        let config = Done::of(&command.envs(variables).output().expect("it runs")).expect(0);
        assert!(!config.out.contains("s3cret"), "{name}: {}", config.out);
        // Neither archive nor store know it.
        for file in ["corpus/archive/tapecheck-00001.warc.gz", "corpus/store.sqlite"] {
            let bytes = std::fs::read(bench.path(file)).expect("a file");
            let mut plain = bytes.clone();
            if file.ends_with(".gz") {
                plain.clear();
                let mut unpacker = flate2::read::MultiGzDecoder::new(&bytes[..]);
                std::io::Read::read_to_end(&mut unpacker, &mut plain).expect("unpacked");
            }
            let holds = |text: &[u8]| plain.windows(text.len()).any(|w| w == text);
            assert!(!holds(b"s3cret") && !holds(b"bWU6czNjcmV0"), "{name}: {file}");
        }
    }
    assert!(proxy.paths().iter().any(|path| path == url));
}

#[test]
fn what_is_excepted_is_asked_directly() {
    let proxy = proxy();
    let site = Site::serve(|asked, stream| match asked.path.as_str() {
        "/a" => reply(stream, 200, &[("Content-Type", "text/html")], article(4).as_bytes()),
        _ => reply(stream, 404, &[], b""),
    });
    let address = format!("http://me:s3cret@{}", proxy.address);
    // This machine is always asked directly; hosts that are excepted are looked up.
    let done = crawl(&bench(""), &[&site.url("/a"), "--proxy", &address], &[]).expect(0);
    assert!(done.err.contains("stored: 1 new documents"), "{}", done.err);
    let excepted = [("NO_PROXY", ".invalid".to_string()), ("http_proxy", address.clone())];
    let done = crawl(&bench(""), &["http://news.invalid/a"], &excepted).expect(1);
    assert!(done.err.contains("its host cannot be found"), "{}", done.err);
    let in_file = format!("proxy = \"{address}\"\nno_proxy = \"news.invalid\"\n");
    let done = crawl(&bench(&in_file), &["http://news.invalid/a"], &[]).expect(1);
    assert!(done.err.contains("its host cannot be found"), "{}", done.err);
    let off = [("http_proxy", address.clone())];
    let done = crawl(&bench(""), &["http://news.invalid/a", "--proxy", "none"], &off).expect(1);
    assert!(done.err.contains("its host cannot be found"), "{}", done.err);
    assert!(proxy.asked().is_empty());
}

#[test]
fn a_proxy_that_is_wrong_is_named_without_its_password() {
    let proxy = proxy();
    let wrong = format!("http://me:oth3r@{}", proxy.address);
    let gone = Site::serve(|_, stream| reply(stream, 200, &[], b""));
    let dead = format!("http://me:oth3r@{}", gone.address);
    drop(gone);
    let url = "http://news.example/a";
    for (address, code, said) in [
        (wrong.as_str(), 1, "the proxy wants a name and a password"),
        (dead.as_str(), 1, "check the address, the network and the proxy setting"),
        ("socks5://me:oth3r@proxy.example", 2, "a proxy is spoken to by http"),
        ("http://me:oth3r@", 2, "the proxy is no address"),
    ] {
        let done = crawl(&bench(""), &[url, "--proxy", address], &[]).expect(code);
        assert!(done.err.contains(said), "{address}: {}", done.err);
        assert!(!done.err.contains("oth3r"), "{}", done.err);
    }
}
