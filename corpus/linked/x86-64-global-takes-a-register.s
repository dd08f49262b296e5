// arch: x86-64
// link: ld.lld-19 -shared -Bsymbolic --discard-all -Ttext=0x10000
// expect: OH302 mix+0x3
// expect: OH202 mix+0x6
// source: the twin of x86-64-helper-of-own-convention.s
// why: mix is global: whoever calls it expects rbx back, and its row promises it

	.text
	.globl	mix
	.type	mix, %function
mix:
	.cfi_startproc
	movq	%rdi, %rbx	# planted
	addl	%ebx, %eax
	nop
	ret
	.cfi_endproc
	.size	mix, .-mix
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	call	mix
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
