// arch: x86-64
// expect: silent
// source: rustc's __rust_probestack (librav1e, librsvg)
// why: probe writes r11 alone, so that rax is the frame's size behind the call, too

	.text
	.type	probe, %function
probe:
	.cfi_startproc
	movq	%rax, %r11
	cmpq	$0x1000, %r11
	jbe	2f
1:
	subq	$0x1000, %r11
	cmpq	$0x1000, %r11
	ja	1b
2:
	ret
	.cfi_endproc
	.size	probe, .-probe
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movl	$0x3008, %eax
	call	probe
	subq	%rax, %rsp
	.cfi_def_cfa_offset	12304
	movq	%rsp, %rdi
	call	use
	addq	$0x3008, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
